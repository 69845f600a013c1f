const PREFIX = /^\/@([a-z][a-z0-9_-]{0,39})(?=\/|$)/;

/** The CRM database that an address is of: `/@sandbox/contacts`. undefined: the only one. */
export const databaseOf = (path: string): string | undefined => PREFIX.exec(path)?.[1];

/** The same address in another CRM database. */
export const inDatabase = (path: string, database: string): string =>
  `/@${database}${path.replace(PREFIX, '') || '/'}`;
