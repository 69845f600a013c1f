import { GraphError } from './graphError.ts';

const HOUR = 3_600;
/** As long as Meta repeats a call that was not taken (…/graph-api/webhooks/getting-started). */
const GIVE_UP_AFTER = 36 * HOUR;
const BACKOFF = [5, 30, 120, 600, 1_800];
/** A lead may be told of before it can be read. */
const GONE_BACKOFF = [30, 600];
const DENIED_AGAIN = 900;
const LIMITED_AGAIN = 300;

/** Seconds for which nothing is asked in the name of a source that asked too much. */
export const limitOf = (failure: GraphError): number => failure.retryAfter ?? LIMITED_AGAIN;

/**
 * Seconds until the fetch of a lead is tried again; undefined: it is given up.
 *
 * @param attempts how many failed before this one
 * @param age seconds since the notice came
 * @param chance from 0 to 1; spreads the hourly attempts over twenty minutes
 */
export function nextAttempt(
  failure: unknown,
  { attempts, age, chance }: { attempts: number; age: number; chance: number },
): number | undefined {
  // A limit says nothing of the lead: it is only waited for.
  if (failure instanceof GraphError && failure.kind === 'limited') return limitOf(failure);
  // What could not be stored is tried again like what could not be fetched.
  const kind = failure instanceof GraphError ? failure.kind : 'passing';
  if (kind === 'gone') return GONE_BACKOFF[attempts];
  if (age >= GIVE_UP_AFTER) return undefined;
  if (kind === 'denied') return DENIED_AGAIN;
  return BACKOFF[attempts] ?? Math.round(HOUR * (5 / 6 + chance / 3));
}

/** What an operator is told of a failure: its kind and Meta's codes. */
export function problemOf(failure: unknown): string {
  if (!(failure instanceof GraphError)) return 'not stored';
  const codes = [failure.code, failure.subcode].filter((code) => code !== undefined).join('/');
  return codes ? `${failure.kind} (${codes})` : failure.kind;
}
