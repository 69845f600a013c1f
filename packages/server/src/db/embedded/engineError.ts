/** Why the embedded PostgreSQL can't be had: one sentence that says what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}
