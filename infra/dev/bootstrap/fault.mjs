/** What the user can mend: its message is all that is shown. */
export class Fault extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'Fault';
    this.exitCode = exitCode;
  }
}
