/** A line of input; `tooLong` when it passed the limit and was cut. */
export interface Line {
  readonly text: string;
  readonly tooLong: boolean;
}

/**
 * Splits a byte stream into lines, holding no more than one line of `maxBytes` and one chunk: a line without end cannot eat the memory.
 * What is past the limit is dropped up to the next line break. A last line needs no line break; "\r\n" counts as one.
 */
export async function* readLines(input: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let pending: Buffer[] = [];
  let size = 0;
  let tooLong = false;
  const take = (part: Buffer): void => {
    const room = maxBytes - size;
    if (part.length > room) tooLong = true;
    if (room <= 0) return;
    pending.push(part.subarray(0, room));
    size += Math.min(part.length, room);
  };
  const finish = (): Line => {
    const text = Buffer.concat(pending).toString('utf8');
    const line = { text: text.endsWith('\r') ? text.slice(0, -1) : text, tooLong };
    pending = [];
    size = 0;
    tooLong = false;
    return line;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    take(chunk.subarray(from));
  }
  if (size > 0) yield finish();
}
