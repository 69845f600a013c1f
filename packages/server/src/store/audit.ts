import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** What else an entry tells: ids, counts, what was and what is. No personal data. */
export interface AuditDetail {
  readonly [name: string]:
    | string
    | number
    | boolean
    | null
    | readonly (string | number)[]
    | AuditDetail;
}

export interface AuditEntry {
  /** `key:<id>`, `staff:<id>` or `command:<name>`. */
  readonly actor: string;
  readonly act: string;
  /** `key:<id>`, `pull:<id>`, `client:<id>`, … */
  readonly target: string;
  readonly detail?: AuditDetail;
}

/** Writes an entry; inside the transaction of what it tells of, where there is one. */
export async function writeAudit(db: Kysely<Crm>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...entry, detail: JSON.stringify(entry.detail ?? {}) })
    .execute();
}
