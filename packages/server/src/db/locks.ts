/**
 * The numbers of the advisory locks that are one for a whole SQL database: the same in every process
 * and version, and no two the same.
 */
export const locks = {
  /** Held shared by every process that uses an embedded server, and exclusively by who stops it. */
  presence: 7_235_400,
  migration: 7_235_401,
  /** Held shared by every pull, and exclusively by who lets pulls wait. */
  hold: 7_235_402,
  /** One batch of rows of files is stored at a time. */
  batch: 7_235_403,
  load: 7_235_404,
  /** Held by who registers the SQL database as a CRM database. */
  place: 7_235_405,
  /** Held shared by who gives statuts by hand, and exclusively by who maps a key to statuts. */
  mappings: 7_235_406,
} as const;
