type Buffer = Float32Array | Float64Array | Int32Array | Uint8Array | Uint8ClampedArray;

/** The same numbers in a buffer twice as long. */
export function longer<T extends Buffer>(from: T, make: new (length: number) => T): T {
  const to = new make(from.length * 2);
  to.set(from);
  return to;
}
