import { connectionLost } from './db/away.ts';
import { sqlState } from './db/pool.ts';
import { Refusal } from './refusal.ts';

const unavailable = (sentence: string, seconds: number) =>
  new Refusal('unavailable', sentence, seconds);

/** SQLSTATE classes after which the same request may succeed: see PostgreSQL, appendix A. */
const PASSING = new Map([
  ['08', 'The database is away.'],
  ['25', 'The database took too long.'],
  // Moved, or its password changed: until the operator has said so here.
  ['28', 'The database is away.'],
  ['3D', 'The database is away.'],
  ['40', 'The database is busy.'],
  ['53', 'The database is out of room.'],
  ['55', 'The database is busy.'],
  ['57', 'The database took too long, or is restarting.'],
  ['58', 'The database is away.'],
]);

/**
 * What a caller is told of any failure: a refusal as it is; a database that is away, full, slow or
 * busy as `unavailable`, never as an empty list; undefined for what nobody foresaw.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const state = sqlState(error);
  if (state) {
    const sentence = PASSING.get(state.slice(0, 2));
    return sentence ? unavailable(sentence, 2) : undefined;
  }
  return connectionLost(error) ? unavailable('The database is away.', 2) : undefined;
}
