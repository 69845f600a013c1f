import { constraintOf, sqlState } from '../db/pool.ts';
import { Refusal } from '../refusal.ts';

const REFERENCE = /id_(client|region|programme|origine|type_contact|type_action|statut)\w*_fkey$/;

/**
 * Runs a change that refers to other records. One that is not there is refused with its kind: the
 * foreign key decides, so nothing can be deleted between a look and the change.
 */
export async function referring<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const what = REFERENCE.exec(constraintOf(error) ?? '')?.[1];
    if (sqlState(error) !== '23503' || !what) throw error;
    throw new Refusal('record_not_found', `A ${what.replace('_', ' ')} of this id does not exist.`);
  }
}
