import { perDatabase } from '../concurrency/perDatabase.ts';
import { together } from '../concurrency/together.ts';
import type { Context } from '../context.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { assertValid } from '../keys/authorise.ts';
import { sameHash } from '../keys/encoding.ts';
import { KEY_PATTERN, parseKey } from '../keys/key.ts';
import { Refusal } from '../refusal.ts';
import { findKeysNow, type KeyNow, markExposed } from '../store/keys.ts';

/** The members of the body, and of a URL, that may hold a key. */
const KEY_MEMBERS = ['apiKey', 'api_key', 'x-api-key'] as const;

/** The one key that a request presents, in its header, its body, or both. */
export function presentedKey(
  header: string | string[] | undefined,
  body: Record<string, unknown>,
): string {
  // A header that is sent twice arrives joined by commas.
  const fromHeader = [header ?? []].flat().flatMap((value) => value.split(','));
  const fromBody = KEY_MEMBERS.filter((name) => Object.hasOwn(body, name)).map(
    (name) => body[name],
  );
  const presented = new Set(
    [...fromHeader, ...fromBody].map((value) => (typeof value === 'string' ? value.trim() : value)),
  );
  presented.delete('');
  presented.delete(null);
  if (presented.size === 0) throw new Refusal('missing_api_key', 'Missing API Key');
  if (presented.size > 1) {
    throw new Refusal(
      'ambiguous_credentials',
      'Two different API Keys were sent: send one, in the x-api-key header.',
    );
  }
  const [key] = presented;
  if (typeof key !== 'string') throw new Refusal('invalid_api_key', 'Invalid API Key');
  return key;
}

/** Whose request it is, and the state of the database that it has seen. */
export interface Authenticated extends KeyNow {
  readonly database: CrmDatabase;
}

/** Finds a key as it stands now. Under load that is what most statements would be about. */
const lookupIn = perDatabase(({ db }) =>
  together((ids: readonly string[]) => findKeysNow(db, ids)),
);

/** The key of this text and the CRM database that it opens; undefined for any that is not ours. */
async function recognise(context: Context, text: string): Promise<Authenticated | undefined> {
  const parsed = parseKey(text);
  const database = parsed && (await context.databases.ofKey(parsed.id));
  if (!database) return undefined;
  if (database.waiting() > MOST_WAITING) {
    throw new Refusal('unavailable', 'Too many requests at once.', 1);
  }
  const found = await lookupIn(database)(parsed.id);
  const genuine =
    found &&
    found.key.environment === parsed.environment &&
    sameHash(found.key.secret_hash, parsed.hash);
  return genuine ? { database, ...found } : undefined;
}

/** How many requests may wait for a connection before others are turned away. */
const MOST_WAITING = 100;

/** Refuses a key that is unknown, revoked or expired; only who holds the secret learns which. */
export async function authenticate(context: Context, text: string): Promise<Authenticated> {
  const recognised = await recognise(context, text);
  if (!recognised) throw new Refusal('invalid_api_key', 'Invalid API Key');
  assertValid(recognised.key);
  return recognised;
}

/** A URL as who reads a log reads it; one with a broken escape as it is. */
function unescaped(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/**
 * Refuses a URL that holds a key: it is in the logs of every server on the way. A real key is
 * marked as exposed, so that the agency sees that it wants rotating.
 */
export async function refuseKeyInUrl(context: Context, url: string): Promise<void> {
  const found = KEY_PATTERN.exec(unescaped(url));
  const query = url.includes('?') && new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const named = query && KEY_MEMBERS.some((name) => query.has(name));
  if (!found && !named) return;
  const recognised = found && (await recognise(context, found[0]));
  if (recognised) await markExposed(recognised.database.db, recognised.key.id);
  throw new Refusal(
    'api_key_in_url',
    'An API Key must not be in the URL, where it is logged: send it in the x-api-key header, and have this one rotated.',
  );
}
