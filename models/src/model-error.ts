export type ModelErrorCode = 'MODEL_NOT_FOUND' | 'MODEL_DAMAGED' | 'MODEL_MISMATCH' | 'BACKEND_UNAVAILABLE';

/** Why an artefact or a backend cannot be used. The message says what to do. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;
  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelError';
    this.code = code;
  }
}
