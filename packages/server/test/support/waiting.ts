import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Catalog } from '../../src/db/catalog.generated.ts';
import type { DB as Crm } from '../../src/db/crm.generated.ts';

type Database = Kysely<Crm> | Kysely<Catalog>;

/** Waits until so many connections of this SQL database wait for a lock, or it is over anyway. */
export async function untilWaiting(
  db: Database,
  connections = 1,
  isOver: () => boolean = () => false,
): Promise<void> {
  while (!isOver()) {
    const found = await sql<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if ((found.rows[0]?.n ?? 0) >= connections) return;
    await delay(5);
  }
}

/** Waits until the server has noted, soon after its answers, that those of these pulls were written. */
export async function untilWritten(db: Kysely<Crm>, ...pulls: readonly string[]): Promise<void> {
  const noted = sql`
    select from pull where id = any(${pulls}::uuid[]) and answer_written_at is not null`;
  while ((await noted.execute(db)).rows.length < pulls.length) await delay(5);
}

/**
 * Does a piece of work while a statement holds what it has locked or written: whoever wants the
 * same waits until the work is done, whose result it gives. What the statement has written is taken
 * back.
 */
export async function whileHeld<Result>(
  db: Database,
  statement: RawBuilder<unknown>,
  work: () => Promise<Result>,
): Promise<Result> {
  const held = await db.startTransaction().execute();
  try {
    await statement.execute(held);
    return await work();
  } finally {
    await held.rollback().execute();
  }
}

/**
 * Does two pieces of work while a statement holds what the first of them has to wait for; the second
 * comes when the first waits, and all go on when it waits, too, or has ended. Gives both results.
 */
export async function crossing<First, Second>(
  db: Database,
  statement: RawBuilder<unknown>,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const [one, other] = await whileHeld(
    db,
    statement,
    async () => [await begun(db, 1, first), await begun(db, 2, second)] as const,
  );
  return Promise.all([one.work, other.work]);
}

/** Begins a piece of work; gives it when so many connections wait, or it has ended. */
async function begun<Result>(
  db: Database,
  connections: number,
  begin: () => Promise<Result>,
): Promise<{ work: Promise<Result> }> {
  let over = false;
  const end = () => {
    over = true;
  };
  const work = begin();
  work.then(end, end);
  await untilWaiting(db, connections, () => over);
  return { work };
}

/**
 * Lets waits in a circle last until one of those who wait gives up: PostgreSQL would end one after
 * a second, and intake would begin anew as if nothing had been. For connections made from now on.
 */
export async function leaveCircles(db: Database): Promise<void> {
  await sql`
    do $$ begin
      execute format('alter database %I set deadlock_timeout = %L', current_database(), '10s');
    end $$`.execute(db);
}
