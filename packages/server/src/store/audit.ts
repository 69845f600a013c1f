import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

export interface AuditEntry {
  /** `key:<id>`, `staff:<id>` or `command:<name>`. */
  readonly actor: string;
  readonly act: string;
  /** `key:<id>`, `pull:<id>`, `client:<id>`, … */
  readonly target: string;
  readonly detail?: Record<string, string | number | boolean | null | readonly number[]>;
}

/** Writes an entry; inside the transaction of what it tells of, where there is one. */
export async function writeAudit(db: Kysely<Crm>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...entry, detail: JSON.stringify(entry.detail ?? {}) })
    .execute();
}
