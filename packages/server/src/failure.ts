import { sqlState } from './db/pool.ts';
import { Refusal } from './refusal.ts';

const unavailable = (sentence: string, seconds: number) =>
  new Refusal('unavailable', sentence, seconds);

/** SQLSTATE classes after which the same request may succeed: see PostgreSQL, appendix A. */
const PASSING = new Map([
  ['08', 'The database is away.'],
  ['25', 'The database took too long.'],
  ['40', 'The database is busy.'],
  ['53', 'The database is out of room.'],
  ['55', 'The database is busy.'],
  ['57', 'The database took too long, or is restarting.'],
  ['58', 'The database is away.'],
]);

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** What `pg` says, without a code, when a connection could not be had or broke. */
const CONNECTION_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end|driver has already been destroyed/;

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
  return isLost(error) ? unavailable('The database is away.', 2) : undefined;
}

/** A connection to PostgreSQL that could not be had or broke, without a word of PostgreSQL. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const failed = code !== undefined && syscall !== undefined && CONNECTION_CODES.has(code);
  return failed || CONNECTION_MESSAGES.test(message);
}
