/** Why an engine cannot be had or cannot run, in one line that ends with the remedy; nobody needs its stack. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
