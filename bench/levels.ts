import { type Operation, overHandler } from './handlers.ts';
import { overHttp } from './http.ts';
import { measure, type Rounds, type Variant, type Worker } from './measure.ts';
import type { LevelRow } from './report.ts';
import { FRONT } from './seed.ts';
import { MOST_PULLERS, type Site } from './setup.ts';
import { overStatements } from './statements.ts';

const LIMIT = 200;
/** Contacts that a round may pull: two regions hold 20,000. */
const MOST_PULLED = 12_000;

/** Some callers at a time, each with a key of its own or all with one. */
interface Case {
  readonly operation: Operation;
  readonly callers: string;
  readonly keys: Site['keys']['apart'];
  /** The callers are after the same contacts. */
  readonly contended?: boolean;
}

function casesOf({ apart, together }: Site['keys']): Case[] {
  const parallel = (operation: Operation): Case[] =>
    [1, 4, MOST_PULLERS].map((count) => ({
      operation,
      callers: count === 1 ? '1 caller' : `${count} clients`,
      keys: apart.slice(0, count),
    }));
  const operation = 'pullContacts';
  const many = `${MOST_PULLERS} callers`;
  return [
    ...parallel('readContacts'),
    ...parallel(operation),
    {
      operation,
      callers: `${MOST_PULLERS} clients, same regions`,
      keys: together,
      contended: true,
    },
    { operation, callers: `${many}, one client`, keys: together.flatMap(() => apart.slice(0, 1)) },
  ];
}

/** What the server costs: the same calls through it, in this process, and as bare statements. */
export async function compareLevels(
  site: Site,
  serverUrl: string,
  rounds: Rounds,
): Promise<LevelRow[]> {
  const rows: LevelRow[] = [];
  for (const { operation, callers, keys, contended } of casesOf(site.keys)) {
    await using connections = new AsyncDisposableStack();
    const variant = (workers: Worker[]): Variant => ({
      workers,
      contacts: LIMIT,
      ...(operation === 'pullContacts' && {
        most: MOST_PULLED / LIMIT,
        restore: () => site.restore(FRONT),
      }),
    });
    const { database, url } = site;
    const body = { operation, limit: LIMIT };
    const variants = {
      server: variant(keys.map(({ text }) => overHttp(serverUrl, text, body, connections))),
      handler: variant(
        await Promise.all(keys.map(({ id }) => overHandler(database, id, operation, LIMIT))),
      ),
    };
    const bare = () =>
      Promise.all(
        keys.map(({ id }) => overStatements(database, url, id, operation, LIMIT, connections)),
      );
    const turns = { ...rounds, before: site.vacuum };
    rows.push({
      what: `${operation} ${LIMIT}, ${callers}`,
      // Bare statements do not search on behind what others hold.
      ...(contended
        ? await measure(variants, turns)
        : await measure({ ...variants, statements: variant(await bare()) }, turns)),
    });
  }
  return rows;
}
