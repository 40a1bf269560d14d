export interface Line {
  readonly name: string;
  /** Which colour: a category, or `s0` to `s6`. */
  readonly tone: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Between what it lies, at each x. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
  readonly dashed?: boolean;
}

const [WIDTH, HEIGHT] = [1000, 100];

/**
 * Lines over one another, with the ends of the axes named. For eyes only: who draws one gives the same figures as a table.
 *
 * @param mark an x to draw a line at
 */
export function LineChart(props: {
  lines: readonly Line[];
  x: readonly [from: number, to: number];
  y: readonly [from: number, to: number];
  xNames: readonly [string, string];
  /** Of the upper end of the y axis. */
  topName: string;
  mark?: number | undefined;
}) {
  const { lines, x, y, xNames, topName, mark } = props;
  const scale =
    ([from, to]: readonly [number, number], size: number) =>
    (value: number) =>
      to === from
        ? size / 2
        : ((Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to)) - from) / (to - from)) * size;
  const [across, up] = [scale(x, WIDTH), scale(y, HEIGHT)];
  const at = (px: number, py: number) => `${across(px).toFixed(1)},${(HEIGHT - up(py)).toFixed(2)}`;
  return (
    <div class="line-chart" aria-hidden="true">
      <p class="top-name">{topName}</p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <path class="grid" d={`M0 ${part * HEIGHT}H${WIDTH}`} />
        ))}
        {lines.map(({ band, tone }) =>
          band && band.length > 1 ? (
            <polygon
              class={`band ${tone}`}
              points={[
                ...band.map(([px, , high]) => at(px, high)),
                ...[...band].reverse().map(([px, low]) => at(px, low)),
              ].join(' ')}
            />
          ) : null,
        )}
        {mark !== undefined && <path class="mark-line" d={`M${across(mark)} 0V${HEIGHT}`} />}
        {lines.map(({ points, tone, dashed }) => (
          <polyline
            class={`line ${tone}${dashed ? ' dashed' : ''}`}
            points={points.map(([px, py]) => at(px, py)).join(' ')}
          />
        ))}
      </svg>
      <div class="x-names">
        <span>{xNames[0]}</span>
        <span>{xNames[1]}</span>
      </div>
      {lines.length > 1 && (
        <ul class="key">
          {lines.map(({ name, tone, dashed }) => (
            <li>
              <i class={`${tone}${dashed ? ' dashed' : ''}`} />
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
