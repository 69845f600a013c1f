const yes = new Set(['oui', 'yes', 'true', 'vrai', '1', 'on', 'x', 'checked']);
const no = new Set(['non', 'no', 'false', 'faux', '0', 'off']);

/** A box that was ticked or not; undefined when the text says neither. */
export function readYesNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?\s?(?<zone>Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const FRENCH =
  /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4}|(?<=\/)\d\d)(?:\s(?:à\s)?(?<hour>\d{1,2})[:h](?<minute>\d\d)(?::(?<second>\d\d))?)?$/i;

/**
 * A date in ISO 8601 or written the French way (`23/11/2026 09:30`, `23/11/26`), as ISO 8601 in UTC
 * with milliseconds; undefined when it can not be read. Where no zone is given it is the time of
 * Paris, and where no time is given it is midnight.
 */
export function readDate(text: string): string | undefined {
  const trimmed = text.trim();
  const parts = (ISO.exec(trimmed) ?? FRENCH.exec(trimmed))?.groups;
  if (!parts) return undefined;
  const part = (name: string): number => Number(parts[name] ?? 0);
  const [month, day] = [part('month'), part('day')];
  const year = part('year') + (parts.year?.length === 2 ? 2000 : 0);
  const [hour, minute, second] = [part('hour'), part('minute'), part('second')];
  const milliseconds = Number((parts.fraction ?? '').slice(0, 3).padEnd(3, '0'));
  if (year < 1900 || year > 2200 || hour > 23 || minute > 59 || second > 59) return undefined;
  const clock = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // The 31st of February would be the 3rd of March.
  if (clock.getUTCMonth() !== month - 1 || clock.getUTCDate() !== day) return undefined;
  const ahead = parts.zone === undefined ? aheadInParis(clock.getTime()) : aheadOf(parts.zone);
  return new Date(clock.getTime() - ahead).toISOString();
}

/** The first leads of the web; what is earlier, or later than a clock may go wrong, is no date. */
const EARLIEST = Date.UTC(2000);
const DAY = 24 * 60 * 60 * 1000;

/** When an enquiry was made, as `readDate`; undefined also for a day that it can't have been made. */
export function readCreationDate(text: string, now = new Date()): string | undefined {
  const date = readDate(text);
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return time >= EARLIEST && time <= now.getTime() + DAY ? date : undefined;
}

/** Milliseconds by which a zone such as `Z`, `+02`, `+0200` or `-05:30` is ahead of UTC. */
function aheadOf(zone: string): number {
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** Made when a date first needs it, which takes 30 ms: most processes are commands that read none. */
let paris: Intl.DateTimeFormat | undefined;

/** Milliseconds by which a clock in Paris that shows this time is ahead of UTC. */
function aheadInParis(shown: number): number {
  const zone = { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' } as const;
  paris ??= new Intl.DateTimeFormat('en', zone);
  const format = paris;
  const at = (time: number): number => {
    const parts = format.formatToParts(time);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return aheadOf(name.replace(/^GMT/, ''));
  };
  return at(shown - at(shown));
}
