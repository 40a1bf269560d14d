/** Value and gradient of a smooth function at `x`; writes the gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

const MEMORY = 8;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/**
 * Minimises a convex function by limited-memory BFGS (Nocedal & Wright 2006, algorithms 7.4 and 7.5) with a halving line search on the
 * Armijo condition. Changes `x` in place. Stops after `iterations` or when the gradient's length has fallen to `tolerance` of its first.
 */
export function minimise(objective: Objective, x: Float64Array, iterations: number, tolerance = 1e-4): number {
  const n = x.length;
  let gradient: Float64Array = new Float64Array(n);
  let value = objective(x, gradient);
  const first = Math.sqrt(dot(gradient, gradient));
  const history: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (Math.sqrt(dot(gradient, gradient)) <= tolerance * first) break;
    const direction = twoLoop(gradient, history);
    const slope = -dot(gradient, direction);
    let step = history.length === 0 ? 1 / Math.max(1, first) : 1;
    const next = new Float64Array(n);
    const nextGradient = new Float64Array(n);
    let nextValue = Infinity;
    for (let halving = 0; halving < 30; halving++, step /= 2) {
      for (let i = 0; i < n; i++) next[i] = (x[i] ?? 0) - step * (direction[i] ?? 0);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * step * slope) break;
    }
    if (!(nextValue < value)) break;
    const s = new Float64Array(n);
    const y = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      s[i] = (next[i] ?? 0) - (x[i] ?? 0);
      y[i] = (nextGradient[i] ?? 0) - (gradient[i] ?? 0);
    }
    const curvature = dot(s, y);
    if (curvature > 1e-12) history.push({ s, y, rho: 1 / curvature });
    if (history.length > MEMORY) history.shift();
    x.set(next);
    gradient = nextGradient;
    value = nextValue;
  }
  return value;
}

/** The approximate inverse Hessian times the gradient. */
function twoLoop(
  gradient: Float64Array,
  history: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.slice();
  const alpha: number[] = [];
  for (let k = history.length - 1; k >= 0; k--) {
    const { s, y, rho } = history[k] as (typeof history)[number];
    const a = rho * dot(s, q);
    alpha[k] = a;
    for (let i = 0; i < q.length; i++) q[i]! -= a * (y[i] ?? 0);
  }
  const last = history.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  history.forEach(({ s, y, rho }, k) => {
    const b = rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i]! += (s[i] ?? 0) * ((alpha[k] ?? 0) - b);
  });
  return q;
}
