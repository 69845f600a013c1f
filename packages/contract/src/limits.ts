/** What the Client API allows, in one place for its errors, its documentation and its server. */
export const limits = {
  /** The largest body of a request, in bytes. */
  bodyBytes: 64 * 1024,
  /** The same at the intake of leads. */
  leadBodyBytes: 1024 ** 2,
  /** All headers of a request together, in bytes. */
  headerBytes: 16 * 1024,
  /** How far getPulledContacts reaches back, in hours. */
  pulledHours: 30 * 24,
  /** How long a pull can be repeated under its Idempotency-Key, in hours. */
  idempotencyHours: 30 * 24,
  /** How long after it a pull can be released, in hours. */
  releaseHours: 24,
} as const;

/** A size as prose gives it: `64 kB`, `1 MB`. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 ** 2 ? `${bytes / 1024} kB` : `${bytes / 1024 ** 2} MB`;
