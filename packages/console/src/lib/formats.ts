import { ZONE } from './paris.ts';

type Instant = string | number | Date;

const MINUTE = 60;
/** The largest unit of a span in seconds: from this many seconds on, in units of so many. */
const UNITS = [
  { unit: 'year', from: 365 * 86_400, seconds: 365 * 86_400 },
  { unit: 'month', from: 60 * 86_400, seconds: 30 * 86_400 },
  { unit: 'day', from: 86_400, seconds: 86_400 },
  { unit: 'hour', from: 60 * MINUTE, seconds: 60 * MINUTE },
  { unit: 'minute', from: MINUTE, seconds: MINUTE },
] as const;

/** How numbers and times are written in a language. */
export function formatsOf(language: string) {
  const zone = { timeZone: ZONE };
  const locale = language === 'en' ? 'en-GB' : language;
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone });
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...zone });
  const minute = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...zone,
  });
  const second = new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'long',
    ...zone,
  });
  // Words such as "hier" are said of days and of now alone: "l’année dernière" may be the one before.
  const inWords = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const inNumbers = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const calendar = new Intl.DateTimeFormat('en-CA', zone);
  const spans = Object.fromEntries(
    UNITS.map(({ unit }) => [
      unit,
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
    ]),
  );
  const sizes = ['kilobyte', 'megabyte', 'gigabyte'].map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }),
  );
  const date = (at: Instant) => new Date(at);
  const unitOf = (seconds: number) => UNITS.find(({ from }) => Math.abs(seconds) >= from);
  const units = (seconds: number, size: number) => Math.trunc(seconds / size);
  /** How many midnights lie between: what was 40 hours ago is of yesterday or of the day before. */
  const days = (from: Instant, to: Instant) =>
    (Date.parse(calendar.format(date(to))) - Date.parse(calendar.format(date(from)))) / 86_400_000;

  return {
    /** 12 345 */
    number: (value: number) => number.format(value),
    /** A share from 0 to 1: 12,5 % */
    percent: (share: number) => percent.format(share),
    /** 23 nov. 2026 */
    day: (at: Instant) => day.format(date(at)),
    /** 23 nov. */
    shortDay: (at: Instant) => shortDay.format(date(at)),
    /** 23 nov. 2026, 09:00 */
    minute: (at: Instant) => minute.format(date(at)),
    /** lundi 23 novembre 2026 à 09:00:00 UTC+1 */
    exact: (at: Instant) => second.format(date(at)),
    /** il y a 5 min, hier, dans 3 h */
    relative(at: Instant, now: number = Date.now()) {
      const seconds = (date(at).getTime() - now) / 1000;
      const found = unitOf(seconds);
      if (!found) return inWords.format(0, 'second');
      if (found.unit === 'day') return inWords.format(days(now, at), 'day');
      return inNumbers.format(units(seconds, found.seconds), found.unit);
    },
    /** A length of time in seconds: 5 min, 3 h, 12 j */
    span(seconds: number) {
      const { unit, seconds: size } = unitOf(seconds) ?? { unit: 'minute', seconds: MINUTE };
      return spans[unit]?.format(units(seconds, size)) ?? '';
    },
    /** The size of a file in bytes: 12,5 ko */
    size(bytes: number) {
      const power = Math.min(sizes.length, Math.max(1, Math.floor(Math.log10(bytes || 1) / 3)));
      return sizes[power - 1]?.format(bytes / 1000 ** power) ?? '';
    },
  };
}

export type Formats = ReturnType<typeof formatsOf>;
