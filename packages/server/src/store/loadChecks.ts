import type { LoadCollection } from '@relais/contract';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { fingerprint } from './erasure.ts';
import { type Layout, layoutOf, layouts, type Member, stageOf } from './loadLayout.ts';

/** What is wrong with a record, in words, and where it is. */
export interface Fault {
  readonly line: number;
  readonly collection: LoadCollection;
  readonly index: number;
  readonly field: string;
  readonly problem: string;
}

/** The first fault of the waiting records, each collection checked as a set. */
export async function findFault(trx: Transaction<Crm>): Promise<Fault | undefined> {
  for (const layout of layouts) {
    const checks = [...uniqueChecks(layout), ...referenceChecks(layout), ...erasedChecks(layout)];
    for (const check of checks) {
      const fault = await run(trx, layout, check);
      if (fault) return fault;
    }
  }
  return undefined;
}

/** A rule that records must keep. */
interface Check {
  readonly field: string;
  /** Rows `staged` (line, index) that break it, with the id that the problem names. */
  readonly broken: RawBuilder<{ id: number }>;
  readonly problem: (id: number) => string;
}

async function run(
  trx: Transaction<Crm>,
  { collection }: Layout,
  { field, broken, problem }: Check,
): Promise<Fault | undefined> {
  const { rows } = await sql<{ line: number; index: number; id: number }>`
    ${broken} order by staged.line, staged.index limit 1`.execute(trx);
  const [row] = rows;
  return row && { collection, field, line: row.line, index: row.index, problem: problem(row.id) };
}

/** What the entry of a unique index holds: 2704 bytes with its header. */
const MOST_UNIQUE_BYTES = 2600;

/** Ids, and unique values, once in the file and not yet in the database. */
function uniqueChecks({ collection, table, members, unique, shared }: Layout): Check[] {
  const stage = stageOf(collection);
  const twice = (member: string) => sql<{ id: number }>`
    select staged.line, staged.index, staged.first_id as id from (
      select waiting.line, waiting.index, row_number() over same as occurrence,
        first_value(waiting.id) over same as first_id
      from ${stage} waiting
      window same as (partition by waiting.${sql.ref(member)} order by waiting.line, waiting.index)
    ) staged where staged.occurrence > 1`;
  const row = (name: string, pick: (member: Member) => string) =>
    sql`(${sql.join(members.map((member) => sql.ref(`${name}.${pick(member)}`)))})`;
  const other = shared
    ? sql`${row('staged', ({ name }) => name)} is distinct from ${row('known', ({ column }) => column)}`
    : sql`true`;
  const checks: Check[] = [
    { field: 'id', broken: twice('id'), problem: (id) => `${id} is given twice in the file` },
    {
      field: 'id',
      broken: sql`
        select staged.line, staged.index, staged.id
        from ${stage} staged join ${sql.table(table)} known on known.id = staged.id
        where ${other}`,
      problem: (id) =>
        `${table} ${id} is in the database already${shared ? ' with other values' : ''}`,
    },
  ];
  if (unique === undefined) return checks;
  const value = sql.ref(unique);
  // An identity may be there under another id: what counts is whose it is.
  const holder =
    collection === 'identities'
      ? { table: 'prospect', name: 'idProspect', column: 'id_prospect' }
      : { table, name: 'id', column: 'id' };
  const known = sql`known.${sql.ref(holder.column)}`;
  return [
    ...checks,
    {
      field: unique,
      broken: twice(unique),
      problem: (id) => `${table} ${id} of the file has the same`,
    },
    {
      field: unique,
      broken: sql`
        select staged.line, staged.index, ${known} as id
        from ${stage} staged join ${sql.table(table)} known on known.${value} = staged.${value}
        where ${known} <> staged.${sql.ref(holder.name)}`,
      problem: (id) => `${holder.table} ${id} of the database has the same`,
    },
    {
      field: unique,
      broken: sql`
        select staged.line, staged.index, staged.id from ${stage} staged
        where octet_length(staged.${value}) > ${MOST_UNIQUE_BYTES}`,
      problem: () => `must not be longer than ${MOST_UNIQUE_BYTES} bytes`,
    },
  ];
}

/** What a record refers to is in the file or in the database; a client has pulled what it holds. */
function referenceChecks({ collection, members }: Layout): Check[] {
  const stage = stageOf(collection);
  const checks: Check[] = members
    .filter(({ name, type }) => type === 'bigint' && name !== 'id')
    .map(({ name, column }) => {
      const target = layoutOf(({ table }) => column === `id_${table}`);
      const id = sql`staged.${sql.ref(name)}`;
      return {
        field: name,
        broken: sql`
          select staged.line, staged.index, ${id} as id from ${stage} staged
          where ${id} is not null
            and not exists (select from ${stageOf(target.collection)} target where target.id = ${id})
            and not exists (select from ${sql.table(target.table)} target where target.id = ${id})`,
        problem: (id) => `there is no ${target.table} ${id}`,
      };
    });
  if (collection !== 'actions') return checks;
  const unpulled: Check = {
    field: 'pulled_at',
    broken: sql`
      select staged.line, staged.index, staged.id from ${stage} staged
      where staged.${sql.ref('idClient')} is not null and staged.pulled_at is null`,
    problem: () => 'is missing beside "idClient"',
  };
  return [...checks, unpulled];
}

/** Nobody who was erased comes back by a file: by a lead they do, which an operator lets in. */
function erasedChecks({ collection, members }: Layout): Check[] {
  const problem = () => 'its person was erased at their request';
  const check = (field: string, values: RawBuilder<unknown>, isField = sql`true`): Check => ({
    field,
    broken: sql`
      select staged.line, staged.index, staged.id
      from ${stageOf(collection)} staged cross join lateral ${values} own (value)
      join erased_identity erased on erased.fingerprint = ${fingerprint(sql`own.value`)}
      where ${isField}`,
    problem,
  });
  if (collection === 'prospects') {
    const read = sql`unnest(staged.identities)`;
    return [
      check('telephone', read, sql`strpos(own.value, '@') = 0`),
      check('email', read, sql`strpos(own.value, '@') > 0`),
    ];
  }
  // Nor does anything become theirs: a lead that it recognised would be of nobody.
  const field = 'idProspect';
  const toTombstone: Check = {
    field,
    broken: sql`
      select staged.line, staged.index, staged.id
      from ${stageOf(collection)} staged
      join prospect on prospect.id = staged.${sql.ref(field)} and prospect.erased_at is not null`,
    problem,
  };
  return [
    ...(members.some(({ name }) => name === field) ? [toTombstone] : []),
    ...(collection === 'identities' ? [check('value', sql`(select staged.value)`)] : []),
  ];
}
