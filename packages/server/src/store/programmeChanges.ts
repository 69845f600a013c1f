import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { long } from '../db/pool.ts';

/** What an operator says of a programme. */
export interface ProgrammeNames {
  readonly nom: string;
  readonly ville: string | null;
}

export interface Programme extends ProgrammeNames {
  readonly id: number;
  readonly id_region: number;
}

/** Adds a programme to a region and gives its id. */
export async function insertProgramme(
  trx: Transaction<Crm>,
  programme: Omit<Programme, 'id'>,
): Promise<number> {
  const made = await trx
    .insertInto('programme')
    .values(programme)
    .returning('programme.id')
    .executeTakeFirstOrThrow();
  return made.id;
}

/** A programme, locked until the transaction ends; leads about it may still come in meanwhile. */
export async function lockProgramme(
  trx: Transaction<Crm>,
  id: number,
): Promise<Programme | undefined> {
  return trx
    .selectFrom('programme')
    .select(['programme.id', 'programme.id_region', 'programme.nom', 'programme.ville'])
    .where('programme.id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Gives a locked programme other names. */
export async function renameProgramme(
  trx: Transaction<Crm>,
  id: number,
  { nom, ville }: ProgrammeNames,
): Promise<void> {
  await trx.updateTable('programme').set({ nom, ville }).where('programme.id', '=', id).execute();
}

/**
 * Deletes a programme and gives its name; undefined when there is none of this id. Fails with
 * SQLSTATE 23503 while an action is about it or a source names it.
 */
export async function deleteProgramme(
  trx: Transaction<Crm>,
  id: number,
): Promise<string | undefined> {
  const gone = await trx
    .deleteFrom('programme')
    .where('programme.id', '=', id)
    .returning('programme.nom')
    .executeTakeFirst();
  return gone?.nom;
}

/**
 * Lets a programme lie in another region, with all its actions: the composite foreign key carries
 * the change on, so that an action is never in another region than its programme.
 *
 * Until the transaction ends, leads about the programme wait for the programme's row, and pulls
 * pass over its actions. A pull under way holds the actions that it has picked: they are waited
 * for, stay with the client that pulled them, and move with the rest. For a programme of 100,000
 * actions this takes some seconds, which is why it has a longer statement timeout than a request.
 *
 * Locks the programme, so that no further action comes, then its actions.
 */
export async function moveProgramme(
  trx: Transaction<Crm>,
  id: number,
  region: number,
): Promise<void> {
  await sql`${long}
    select set_config('statement_timeout', '60s', true)`.execute(trx);
  await sql`select from programme where programme.id = ${id} for update`.execute(trx);
  await lockActionsOf(trx, id);
  await trx
    .updateTable('programme')
    .set({ id_region: region })
    .where('programme.id', '=', id)
    .execute();
}

/** Locks the actions of a programme in the order of their ids; the foreign key would take them in any. */
async function lockActionsOf(trx: Transaction<Crm>, programme: number): Promise<void> {
  await sql`
    select count(*) from (
      select from action where action.id_programme = ${programme}
      order by action.id for no key update
    ) locked`.execute(trx);
}
