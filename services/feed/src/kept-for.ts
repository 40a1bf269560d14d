/** A costly result is kept ten times as long as it took, so that it never takes more than a tenth of the database. */
const REST = 10;

/**
 * Shares one result between all who ask within `ms`, and one run between all who ask while it runs. A failure is not
 * kept.
 */
export function keptFor<T>(ms: number, compute: () => Promise<T>, now: () => number = Date.now): () => Promise<T> {
  let running: Promise<T> | undefined;
  let kept: { value: T; until: number } | undefined;
  const run = async () => {
    const startedAt = now();
    try {
      const value = await compute();
      kept = { value, until: now() + Math.max(ms, REST * (now() - startedAt)) };
      return value;
    } finally {
      running = undefined;
    }
  };
  return async () => {
    if (kept && now() < kept.until) return kept.value;
    return (running ??= run());
  };
}
