/** What the doors allow, in one place for their errors, their documentation and the server. */
export const limits = {
  /** The largest body of a request, in bytes. */
  bodyBytes: 64 * 1024,
  /** The same at the intake of leads: Meta tells of up to a thousand at once. */
  leadBodyBytes: 1024 ** 2,
  /** All headers of a request together, in bytes. */
  headerBytes: 16 * 1024,
  /** Contacts in one answer of these operations: at the most, and where no limit is asked for. */
  contacts: { readContacts: 200, pullContacts: 200, getPulledContacts: 500 },
  /** How far getPulledContacts reaches back, in hours. */
  pulledHours: 30 * 24,
  /** How long a pull can be repeated under its Idempotency-Key, in hours. */
  idempotencyHours: 30 * 24,
  /** How long after it a pull can be released, in hours. */
  releaseHours: 24,
  /** How long an old secret may go on beside its successor, in hours. */
  overlapHours: 30 * 24,
} as const;

/** Hours as prose gives them: `30 days`. */
export const daysText = (hours: number): string => `${hours / 24} days`;

/** A size as prose gives it: `64 kB`, `1 MB`. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 ** 2 ? `${bytes / 1024} kB` : `${bytes / 1024 ** 2} MB`;
