import type { Relais } from '../relais.ts';
import type { Contact, Page } from '../types.ts';
import { CliError, exitCodes } from './faults.ts';
import { filterOf, type Given, numberOf } from './options.ts';
import { linesOf } from './outputs/lines.ts';
import { print } from './outputs/stdout.ts';
import { sinceOf } from './since.ts';
import { table } from './table.ts';

const FORMATS = ['table', 'csv', 'jsonl', 'json'] as const;
/** What a terminal shows of a contact. */
const SHOWN = [
  'action_id',
  'prospect_nom',
  'prospect_prenom',
  'programme_nom',
  'region_nom',
] as const;

export async function regions(client: Relais, given: Given, signal: AbortSignal): Promise<void> {
  await printRows(await client.getRegions(filterOf(given), { signal }), given);
}

export async function programmes(client: Relais, given: Given, signal: AbortSignal): Promise<void> {
  await printRows(await client.getProgrammes(filterOf(given), { signal }), given);
}

export const read = (client: Relais, given: Given, signal: AbortSignal): Promise<void> =>
  printPages(given, 200, (page) =>
    client.readContacts({ ...filterOf(given), ...page }, { signal }),
  );

export async function pulled(client: Relais, given: Given, signal: AbortSignal): Promise<void> {
  const { since, pull } = given;
  const parameters = {
    ...filterOf(given),
    since: since === undefined ? undefined : sinceOf(since),
    pullId: pull,
  };
  let uncertain: readonly string[] = [];
  await printPages(given, 500, async (page) => {
    const answer = await client.getPulledContacts({ ...parameters, ...page }, { signal });
    uncertain = answer.uncertainPulls;
    return answer;
  });
  tellUncertain(uncertain.filter((id) => pull === undefined || id === pull));
}

/** On standard error: a list on standard output stays data alone. */
function tellUncertain(pulls: readonly string[]): void {
  if (pulls.length === 0) return;
  process.stderr.write(
    `relais-client: It is not known whether the answer of ${pulls.length === 1 ? 'this pull' : 'these pulls'} reached you: ${pulls.join(', ')}. Look whether you have the contacts that --pull <id> shows.\n`,
  );
}

async function printRows(rows: readonly object[], { json }: Given): Promise<void> {
  const plain = json || !process.stdout.isTTY;
  await print(plain ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
}

/** Prints contacts, page after page, up to the limit; says so when nobody has asked for one. */
async function printPages(
  given: Given,
  most: number,
  ask: (page: { limit: number; cursor: string | undefined }) => Promise<Page>,
): Promise<void> {
  const format = formatOf(given);
  const contacts: Contact[] = [];
  const limit = numberOf(given, 'limit');
  let left = limit ?? most;
  let cursor: string | undefined;
  let first = true;
  do {
    const page = await ask({ limit: Math.min(left, most), cursor });
    left -= page.contacts.length;
    cursor = page.next;
    if (format === 'csv' || format === 'jsonl') await print(linesOf(page.contacts, format, first));
    else contacts.push(...page.contacts);
    first = false;
  } while (left > 0 && cursor);
  if (format === 'json') await print(`${JSON.stringify(contacts, null, 2)}\n`);
  if (format === 'table') {
    await print(
      table(contacts.map((each) => Object.fromEntries(SHOWN.map((name) => [name, each[name]])))),
    );
  }
  if (cursor && limit === undefined) {
    process.stderr.write(
      `relais-client: There are more than these ${most}: --limit says how many you want.\n`,
    );
  }
}

function formatOf({ format, json }: Given): (typeof FORMATS)[number] {
  if (json && format !== undefined && format !== 'json') {
    throw new CliError(
      `--json is --format json, not ${format}: give one of them.`,
      exitCodes.usage,
    );
  }
  if (json) return 'json';
  if (format === undefined) return process.stdout.isTTY ? 'table' : 'jsonl';
  const known = FORMATS.find((name) => name === format);
  if (known) return known;
  throw new CliError(`--format is one of ${FORMATS.join(', ')}, not "${format}".`, exitCodes.usage);
}
