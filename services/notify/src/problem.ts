/** A fault of the request, told to who sent it (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    title: string,
  ) {
    super(title);
  }
}
