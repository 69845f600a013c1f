/** Why the embedded PostgreSQL can't be had: one sentence that says what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** The reason that is mended by making room. */
export const FULL_DISK = 'the disk is full';

/** What failed, why, and what to do about it. */
export const engineFailed = (what: string, reason: string): EngineError =>
  new EngineError(
    `${what}: ${reason}. ${reason === FULL_DISK ? 'Make room on the disk of RELAIS_DATA_DIR.' : 'Mend that, or set DATABASE_URL to use another server.'}`,
  );
