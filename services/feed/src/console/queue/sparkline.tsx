const [WIDTH, HEIGHT] = [120, 26];
const HOUR_MS = 3_600_000;
/** So many bars at most: what spans more hours is summed over several of them. */
const BARS = 24;

export interface HourlyCopies {
  /** The beginning of an hour, ISO 8601. */
  readonly at: string;
  readonly posts: number;
}

/** @returns copies per equal span of time from the first hour to `until`, oldest first */
export function barsOf(timeline: readonly HourlyCopies[], until: number): number[] {
  const times = timeline.map(({ at }) => Date.parse(at));
  const first = Math.min(...times);
  if (!Number.isFinite(first)) return [];
  const hours = Math.max(1, Math.floor((Math.max(until, ...times) - first) / HOUR_MS) + 1);
  const bars = new Array<number>(Math.min(BARS, hours)).fill(0);
  timeline.forEach(({ posts }, i) => {
    const hour = Math.floor(((times[i] ?? first) - first) / HOUR_MS);
    const bar = Math.min(bars.length - 1, Math.floor((hour * bars.length) / hours));
    bars[bar] = (bars[bar] ?? 0) + posts;
  });
  return bars;
}

/** When a campaign's copies appeared, as a row of bars. */
export function Sparkline({ timeline, label }: { timeline: readonly HourlyCopies[]; label: string }) {
  const bars = barsOf(timeline, Date.now());
  const most = Math.max(1, ...bars);
  const step = WIDTH / Math.max(8, bars.length);
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {bars.map((posts, i) => {
        const height = posts === 0 ? 1 : Math.max(3, (posts / most) * HEIGHT);
        const x = WIDTH - (bars.length - i) * step;
        return <rect key={i} x={x} y={HEIGHT - height} width={step - 1} height={height} rx={1} />;
      })}
    </svg>
  );
}
