/** What the user can mend: its message is all that is shown. */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
