import { parseArgs } from 'node:util';
import { LONGEST_TIMER } from '../options.ts';
import type { Filter, Scenario } from '../types.ts';
import { CliError, exitCodes } from './faults.ts';

const common = {
  url: { type: 'string' },
  'key-file': { type: 'string' },
  'key-stdin': { type: 'boolean' },
  timeout: { type: 'string' },
  retries: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;
const filters = {
  region: { type: 'string', multiple: true },
  programme: { type: 'string', multiple: true },
  scenario: { type: 'string' },
} as const;
const list = { ...filters, limit: { type: 'string' }, format: { type: 'string' } } as const;
const out = {
  ...filters,
  out: { type: 'string' },
  format: { type: 'string' },
  journal: { type: 'string' },
  'secret-file': { type: 'string' },
  rotated: { type: 'boolean' },
  moved: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;
const json = { json: { type: 'boolean' } } as const;

/** Every command with its own options. */
const known = {
  regions: { ...json, scenario: filters.scenario },
  programmes: { ...json, region: filters.region, scenario: filters.scenario },
  read: { ...list, ...json },
  pulled: { ...list, ...json, since: { type: 'string' }, pull: { type: 'string' } },
  pull: { ...out, ...json, limit: { type: 'string' } },
  watch: { ...out, every: { type: 'string' } },
} as const;

export type CommandName = keyof typeof known;

/** What was given, of any command: an option that it does not have is undefined. */
export interface Given {
  readonly url?: string;
  readonly 'key-file'?: string;
  readonly 'key-stdin'?: boolean;
  readonly timeout?: string;
  readonly retries?: string;
  readonly help?: boolean;
  readonly version?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly region?: readonly string[];
  readonly programme?: readonly string[];
  readonly scenario?: string;
  readonly limit?: string;
  readonly format?: string;
  readonly since?: string;
  readonly pull?: string;
  readonly out?: string;
  readonly journal?: string;
  readonly 'secret-file'?: string;
  readonly rotated?: boolean;
  readonly moved?: boolean;
  readonly every?: string;
}

/** Takes a command line apart. */
export function readArguments(args: readonly string[]): {
  readonly command: CommandName | undefined;
  readonly given: Given;
} {
  const [first, ...rest] = args;
  if (first === 'help') return readArguments([...rest, '--help']);
  const isCommand = first !== undefined && Object.hasOwn(known, first);
  if (first !== undefined && !isCommand && !first.startsWith('-')) {
    throw usage(`There is no command "${first}": see relais-client --help.`);
  }
  const command = isCommand ? (first as CommandName) : undefined;
  const options = { ...common, ...(command && known[command]) };
  try {
    const { values } = parseArgs({ args: [...(command ? rest : args)], options, strict: true });
    return { command, given: values as Given };
  } catch (error) {
    // Node's message goes on with advice of its own, on further lines.
    throw usage(`${(error as Error).message.split(/\.\s/)[0]}. See relais-client --help.`);
  }
}

const usage = (message: string) => new CliError(message, exitCodes.usage);

/** A whole number of at least `least`; undefined when the option was not given. */
export function numberOf(given: Given, name: 'limit' | 'retries', least = 1) {
  const text = given[name];
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw usage(`--${name} is a whole number from ${least} on, not "${text}".`);
}

const LONGEST_SECONDS = Math.floor(LONGEST_TIMER / 1000);

/** Seconds, as milliseconds; a timer that is told more than it can count does not wait at all. */
export function secondsOf(given: Given, name: 'every' | 'timeout'): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds * 1000;
  throw usage(
    `--${name} is a whole number of seconds from 1 to ${LONGEST_SECONDS}, not "${text}".`,
  );
}

/** Which contacts: the ids as given; the server checks what they name. */
export function filterOf({ region, programme, scenario }: Given): Filter {
  return {
    ...(region && { regionIds: region.map((text) => idOf('region', text)) }),
    ...(programme && { programmeIds: programme.map((text) => idOf('programme', text)) }),
    ...(scenario !== undefined && { scenario: scenario as Scenario }),
  };
}

function idOf(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw usage(`--${name} is an id, not "${text}".`);
}
