import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { sqlState } from '../db/pool.ts';
import { Refusal } from '../refusal.ts';
import { type Named, nameAlike } from '../store/nameAlike.ts';

/** Refuses a name that another of its kind has, letter case and marks aside, and tells that one. */
export async function assertOwnName(
  trx: Transaction<Crm>,
  named: Named,
  nom: string,
  own?: number,
): Promise<void> {
  const taken = await nameAlike(trx, named, nom, own);
  if (taken !== undefined) throw nameTaken(taken);
}

/** Runs a change of a name; one that is taken is refused: the unique index decides. */
export async function naming<Result>(nom: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw nameTaken(nom);
  }
}

export const nameTaken = (nom: string) =>
  new Refusal('name_taken', `"${nom}" exists already: choose another name.`);
