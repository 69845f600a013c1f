import type { Kysely } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { AuditEntry } from './audit.ts';

/**
 * Writes an entry about what belongs to no CRM database: sign-ins, staff, databases. Inside the
 * transaction of what it tells of, where there is one.
 */
export async function writeCatalogAudit(
  catalog: Kysely<Catalog>,
  entry: AuditEntry,
): Promise<void> {
  await catalog
    .insertInto('audit')
    .values({ ...entry, detail: JSON.stringify(entry.detail ?? {}) })
    .execute();
}
