/** What the person at the terminal can mend; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
