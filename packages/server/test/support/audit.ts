import type { Kysely } from 'kysely';
import type { DB as Catalog } from '../../src/db/catalog.generated.ts';
import type { DB as Crm } from '../../src/db/crm.generated.ts';

/** What the audit of a CRM database or of the catalog tells of a target, oldest first. */
export async function auditOf(db: Kysely<Crm> | Kysely<Catalog>, target: string) {
  return (db as Kysely<Crm>)
    .selectFrom('audit')
    .select(['audit.actor', 'audit.act', 'audit.detail'])
    .where('audit.target', '=', target)
    .orderBy('audit.id')
    .execute();
}

/** The same, without the details: `staff:1 staff.invite`. */
export const actsOn = async (...of: Parameters<typeof auditOf>): Promise<string[]> =>
  (await auditOf(...of)).map(({ actor, act }) => `${actor} ${act}`);
