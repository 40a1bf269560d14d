const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** A rate needs two scrapes, and with windows this short there is one a second. */
const SHORTEST_RANGE = 5;

/**
 * Rules whose windows (`[5m]`, `offset 15m`) and waits (`for:`) are `speed` times shorter, to see an alert come and go. Thresholds
 * and names stay as they are.
 */
export function fastRules(text: string, speed: number): string {
  if (speed === 1) return text;
  const shorter = (amount: string, unit: string, least: number) =>
    `${Math.max(least, Math.round((Number(amount) * (SECONDS[unit] as number)) / speed))}s`;
  return text
    .replace(/\[(\d+)([smhd])\]/g, (_all, amount: string, unit: string) => `[${shorter(amount, unit, SHORTEST_RANGE)}]`)
    .replace(/\boffset (\d+)([smhd])/g, (_all, amount: string, unit: string) => `offset ${shorter(amount, unit, 1)}`)
    .replace(/\bfor: (\d+)([smhd])$/gm, (_all, amount: string, unit: string) => `for: ${shorter(amount, unit, 1)}`);
}
