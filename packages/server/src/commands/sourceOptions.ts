import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { plainName } from '@relais/contract';
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { CrmDatabase } from '../installation/databases.ts';
import { fold } from '../intake/fields.ts';
import type { MetaSecrets } from '../intake/meta/secrets.ts';
import type { List } from '../store/lists.ts';
import { namedProgrammes } from '../store/programmes.ts';
import { type Channel, channels, type SourceRules } from '../store/sources.ts';
import { listed } from './listed.ts';
import { CommandError } from './output.ts';

export interface CreateOptions {
  channel: Channel;
  statut: string;
  review?: string;
  programme?: string;
  map?: string[];
  origine?: string;
  typeContact?: string;
  typeAction?: string;
  consent?: boolean;
  origins?: string[];
  redirect?: string;
  honeypot: string;
  rate: number;
  metaSecrets?: string;
  metaForms?: string[];
  database?: string;
  json?: boolean;
}

export function sourceName(name: string): string {
  if (plainName.test(name)) return name;
  throw new CommandError(
    `"${name}" can't name a source: use 1 to 40 lower-case letters, digits, - and _, a letter first.`,
    'usage',
  );
}

export function parseChannel(name: string): Channel {
  const channel = channels.find((known) => known === name);
  if (!channel) throw new InvalidArgumentError(`Give one of ${channels.join(', ')}.`);
  return channel;
}

/** Web origins, `https://www.example.com,http://localhost:3000`, as browsers write them. */
export function parseOrigins(given: string): string[] {
  const origins = given.split(/[\s,]+/).filter(Boolean);
  const written = origins.map((origin) => (URL.canParse(origin) ? new URL(origin).origin : 'null'));
  if (origins.length === 0 || written.includes('null')) {
    throw new InvalidArgumentError('Give origins such as https://www.example.com, by commas.');
  }
  return [...new Set(written)];
}

export function parseRedirect(given: string): string {
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return new URL(given).href;
  throw new InvalidArgumentError('Give an address such as https://www.example.com/merci.');
}

export function parseRate(given: string): number {
  const rate = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (rate < 1) throw new InvalidArgumentError('Give a whole number from 1 to 999999.');
  return rate;
}

export function parseForms(given: string): string[] {
  const ids = given.split(/[\s,]+/).filter(Boolean);
  if (ids.length === 0 || !ids.every((id) => /^\d{1,30}$/.test(id))) {
    throw new InvalidArgumentError('Give the ids of forms, such as 1811616845554330, by commas.');
  }
  return [...new Set(ids)];
}

/** What the options say of a source, looked up. */
export async function readRules(
  database: CrmDatabase,
  options: CreateOptions,
): Promise<SourceRules> {
  const id = (option: string, list: List, designation: string) =>
    listed(database, option, list, designation);
  const optional = (option: string, list: List, designation: string | undefined) =>
    designation === undefined ? null : id(option, list, designation);
  const { programme, statut, review = statut } = options;
  return {
    id_programme: programme === undefined ? null : await programmeId(database, programme),
    id_origine: await optional('--origine', 'origine', options.origine),
    id_type_contact: await optional('--type-contact', 'type_contact', options.typeContact),
    id_type_action: await optional('--type-action', 'type_action', options.typeAction),
    id_statut: await id('--statut', 'statut', statut),
    id_statut_review: await id('--review', 'statut', review),
    consent_required: options.consent ?? false,
    origins: options.origins ?? null,
    redirect_url: options.redirect ?? null,
    honeypot: options.honeypot,
    rate_limit: options.rate,
  };
}

/** `text=id` pairs, as folded text to the id of a programme. */
export async function readProgrammes(
  database: CrmDatabase,
  pairs: readonly string[],
): Promise<Map<string, number>> {
  const programmes = new Map<string, number>();
  for (const pair of pairs) {
    const [, value = '', id = ''] = /^(.+)=(\d+)$/.exec(pair) ?? [];
    if (fold(value) === '') {
      throw new CommandError(`"${pair}" is no text=id, such as 1811616845554330=145.`, 'usage');
    }
    programmes.set(fold(value), await programmeId(database, id));
  }
  return programmes;
}

async function programmeId({ db }: CrmDatabase, given: string): Promise<number> {
  const [found, ...more] = await namedProgrammes(db, given.normalize('NFC'));
  if (found && more.length === 0) return found.id;
  const problem = found ? 'Several programmes are called' : 'There is no programme';
  throw new CommandError(`${problem} "${given}": give the id of one.`, 'notFound');
}

const secretsFile = z.object({
  app_secret: z.string().min(1),
  access_token: z.string().min(1),
});

/** The secrets that a new source needs: none unless its channel is meta. */
export async function secretsOfOptions(options: CreateOptions): Promise<MetaSecrets | undefined> {
  const { channel, metaSecrets, metaForms } = options;
  if (channel !== 'meta') {
    if (metaSecrets === undefined && metaForms === undefined) return undefined;
    throw new CommandError('--meta-secrets and --meta-forms are for the channel meta.', 'usage');
  }
  if (metaSecrets !== undefined) return readMetaSecrets(metaSecrets);
  throw new CommandError('A source of channel meta needs --meta-secrets.', 'usage');
}

/** Meta's secrets come from a file or standard input: the arguments of a process are no secret. */
export async function readMetaSecrets(path: string): Promise<MetaSecrets> {
  const content = path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    // Told below: nothing of the file is repeated, which holds secrets.
  }
  const read = secretsFile.safeParse(parsed);
  if (!read.success) {
    throw new CommandError(
      'The secrets must be {"app_secret": "…", "access_token": "…"}.',
      'usage',
    );
  }
  return { appSecret: read.data.app_secret, accessToken: read.data.access_token };
}
