import type { CrmDatabase } from '../installation/databases.ts';

/** Gives each CRM database one of its own of something, made when it is first asked for. */
export function perDatabase<Own>(
  make: (database: CrmDatabase) => Own,
): (database: CrmDatabase) => Own {
  const made = new WeakMap<CrmDatabase, Own>();
  return (database) => {
    const own = made.get(database) ?? make(database);
    made.set(database, own);
    return own;
  };
}
