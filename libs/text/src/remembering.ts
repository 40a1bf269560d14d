const MOST = 20_000;
/** UTF-16 units; longer keys are made anew each time, so that a flood of long strings cannot fill the memory. */
const LONGEST = 64;
/** V8 keeps a piece of at least so many units as a view that holds on to the whole text it was cut from. */
const VIEW = 13;

/** Remembers what a pure function made of each string. Bounded, and emptied when full: a flood of new strings costs what no memory would. */
export function remembering<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const own = key.length < VIEW ? key : Buffer.from(key, 'utf16le').toString('utf16le');
    const made = make(own);
    if (own.length <= LONGEST) {
      if (known.size >= MOST) known.clear();
      known.set(own, made);
    }
    return made;
  };
}
