import type { Connection } from '../packages/server/src/db/pool.ts';
import { contentsOf } from './history.ts';

/** What PostgreSQL holds in the end. Times are milliseconds since 1970. */
export interface Audit {
  readonly pulls: readonly AuditedPull[];
  readonly actions: readonly AuditedAction[];
  readonly leads: readonly { externalId: string; outcome: string; action: number | null }[];
  /** Transactions that nobody is working on. */
  readonly idleTransactions: number;
}

export interface AuditedPull {
  readonly id: string;
  readonly client: number;
  readonly key: string;
  readonly seq: number;
  readonly pulledAt: number;
  readonly contacts: number;
  readonly idempotencyKey: string | null;
  /** The contacts of its items, in their order. */
  readonly ids: readonly number[];
  readonly contents: string;
}

export interface AuditedAction {
  readonly id: number;
  readonly region: number;
  readonly statut: number;
  readonly client: number | null;
  readonly pull: string | null;
  readonly pulledAt: number | null;
  readonly readyAt: number;
  readonly version: number;
}

const ms = (column: string) => `floor(extract(epoch from ${column}) * 1000)::float8`;
const PAGE = 500;

/** Reads what is in a CRM database, and writes nothing. */
export async function readAudit(connection: Connection): Promise<Audit> {
  await connection.query('set default_transaction_read_only = on');
  const pulls = await connection.query(`
    select id, id_client as client, id_key as key, seq, ${ms('pulled_at')} as "pulledAt",
      contacts, idempotency_key as "idempotencyKey"
    from pull where released_at is null order by id_client, seq`);
  const items = new Map<string, { ids: number[]; contents: string }>();
  for (let from = 0; from < pulls.rows.length; from += PAGE) {
    const some = pulls.rows.slice(from, from + PAGE).map(({ id }) => id as string);
    const found = await connection.query<{ pull: string; ids: number[]; contacts: string[] }>(
      `select id_pull as pull, array_agg(id_action order by position) as ids,
        array_agg(contact::text order by position) as contacts
       from pull_item where id_pull = any($1) group by id_pull`,
      [some],
    );
    for (const { pull, ids, contacts } of found.rows) {
      const contents = contentsOf(contacts.map((contact) => JSON.parse(contact)));
      items.set(pull, { ids: ids.map(Number), contents });
    }
  }
  const empty = { ids: [], contents: contentsOf([]) };
  const actions = await connection.query(`
    select id, id_region as region, id_statut as statut, id_client as client, id_pull as pull,
      ${ms('pulled_at')} as "pulledAt", ${ms('ready_at')} as "readyAt", version from action`);
  const leads = await connection.query(`
    select external_id as "externalId", outcome, id_action as action from lead`);
  const idle = await connection.query<{ n: number }>(`
    select count(*)::int as n from pg_stat_activity
    where state like 'idle in transaction%' and state_change < clock_timestamp() - interval '5 s'`);
  return {
    pulls: pulls.rows.map((row) => ({ ...row, ...(items.get(row.id) ?? empty) })),
    actions: actions.rows,
    leads: leads.rows,
    idleTransactions: idle.rows[0]?.n ?? 0,
  };
}
