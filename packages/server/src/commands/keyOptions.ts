import { clientOperations, limits } from '@relais/contract';
import { InvalidArgumentError, Option } from 'commander';
import { idWithin } from '../keys/key.ts';
import { isRange } from '../keys/range.ts';
import { CommandError } from './output.ts';

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

// An option that is given again adds to what it has.

/** The id of a key. Who gives the key itself, often one that has leaked, sees it nowhere again. */
export function parseKeyId(given: string): string {
  const id = idWithin(given);
  if (id === undefined) return given;
  throw new CommandError(
    `That is a key, not its id, which is ${id}: nothing was changed.`,
    'usage',
  );
}

/** `30,62`, or `all`. */
export function parseRegions(text: string, before: number[] | 'all' = []): number[] | 'all' {
  if (text.trim() === 'all' || before === 'all') return 'all';
  const ids = list(text).map(Number);
  if (ids.length === 0 || !ids.every((id) => Number.isSafeInteger(id) && id > 0)) {
    throw new InvalidArgumentError('Give region ids such as 30,62, or all.');
  }
  return [...new Set([...before, ...ids])];
}

/** Names of operations of the Client API. */
export function parseOperations(text: string, before: string[] = []): string[] {
  const names = list(text);
  const unknown = names.find((name) => !Object.hasOwn(clientOperations, name));
  if (unknown !== undefined || names.length === 0) {
    throw new InvalidArgumentError(
      `There is no operation "${unknown ?? ''}". There is: ${Object.keys(clientOperations).join(', ')}.`,
    );
  }
  return [...new Set([...before, ...names])];
}

/** Addresses and ranges in CIDR notation. */
export function parseRanges(text: string, before: string[] = []): string[] {
  const ranges = list(text);
  if (ranges.length === 0 || !ranges.every(isRange)) {
    throw new InvalidArgumentError('Give addresses or ranges such as 203.0.113.7,10.0.0.0/8.');
  }
  return [...before, ...ranges];
}

/** `new Date` takes 30 February for 2 March. */
const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

/** A date in the future, or a number of days such as `90d`. */
export function parseExpiry(text: string): Date {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  const date = days ? new Date(Date.now() + Number(days) * 86_400_000) : new Date(text);
  if (!days && !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw new InvalidArgumentError('Give a date such as 2027-12-31, or days such as 90d.');
  }
  if (!(days || isDay(text.slice(0, 10))) || !(date.getTime() > Date.now())) {
    throw new InvalidArgumentError('Give a date that exists and lies in the future.');
  }
  return date;
}

/** How long what is rotated goes on. */
export const overlapOption = (): Option =>
  new Option('--overlap <time>', 'how long both work, 0h to 30d')
    .argParser(parseOverlap)
    .default(24, '24h');

/** A time such as `12h` or `7d`, in hours. */
function parseOverlap(text: string): number {
  const match = /^(\d{1,3})([hd])$/.exec(text);
  const hours = match ? Number(match[1]) * (match[2] === 'd' ? 24 : 1) : Number.NaN;
  if (!(hours <= limits.overlapHours)) {
    throw new InvalidArgumentError(
      `Give a time from 0h to ${limits.overlapHours / 24}d, such as 12h or 7d.`,
    );
  }
  return hours;
}
