export interface Line {
  /** Without the line feed; cut at the limit when the line is longer. */
  readonly bytes: Buffer;
  /** Length of the whole line in bytes, which is more than `bytes` holds when it was cut. */
  readonly length: number;
  /** Byte offset of what follows the line. */
  readonly end: number;
}

const LINE_FEED = 0x0a;

/**
 * Splits a stream of bytes into lines, keeping at most `maxBytes` of each, so that an endless line costs no memory.
 * The last line counts without a line feed only when `final` says that nothing will follow.
 */
export class LineSplitter {
  #parts: Buffer[] = [];
  #kept = 0;
  #length = 0;
  #end: number;

  /** @param offset where in the stream the first byte lies */
  constructor(
    offset: number,
    private readonly maxBytes: number,
  ) {
    this.#end = offset;
  }

  /** @returns the lines that this chunk completes */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, start)) {
      this.#add(chunk.subarray(start, at));
      this.#end++;
      lines.push(this.#take());
      start = at + 1;
    }
    this.#add(chunk.subarray(start));
    return lines;
  }

  /** @returns the line that ends with the stream, if there is one */
  final(): Line[] {
    return this.#length > 0 ? [this.#take()] : [];
  }

  #add(bytes: Buffer): void {
    this.#length += bytes.length;
    this.#end += bytes.length;
    const room = this.maxBytes - this.#kept;
    if (bytes.length === 0 || room <= 0) return;
    const kept = bytes.subarray(0, room);
    this.#parts.push(kept);
    this.#kept += kept.length;
  }

  #take(): Line {
    const line = { bytes: Buffer.concat(this.#parts), length: this.#length, end: this.#end };
    this.#parts = [];
    this.#kept = 0;
    this.#length = 0;
    return line;
  }
}
