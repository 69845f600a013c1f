import type { NumberFormat } from './styles.ts';

/** The text of a number cell, from its digits as they are in the file: nothing is rounded. */
export function numberText(raw: string, format: NumberFormat, from1904: boolean): string {
  const digits = withoutExponent(raw.trim());
  if (format.date) return dateText(Number(digits), from1904) ?? digits;
  return /^\d+$/.test(digits) ? digits.padStart(format.digits, '0') : digits;
}

/** Some programs write 33612345678 as 3.3612345678E10, and 7 as 7.0. */
function withoutExponent(raw: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,2}))?$/i.exec(raw);
  if (parts === null) return raw;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const point = whole.length + Number(exponent);
  const all = (whole + fraction).padStart(whole.length + fraction.length - Math.min(0, point), '0');
  const at = Math.max(0, point);
  const before =
    all
      .slice(0, at)
      .padEnd(at, '0')
      .replace(/^0+(?=\d)/, '') || '0';
  const after = all.slice(at).replace(/0+$/, '');
  return `${sign}${before}${after === '' ? '' : `.${after}`}`;
}

const DAY = 86_400;
/** The day after 31 December 9999, in days from 1900. */
const DAYS_END = 2_958_466;

/**
 * A day count of Excel as a local date, `2026-11-23`, a time of day, `08:30:00`, or both,
 * `2026-11-23T08:30:00`. Undefined when it is no day of Excel's calendar.
 */
function dateText(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < DAYS_END)) return undefined;
  const seconds = Math.round(serial * DAY);
  const days = Math.floor(seconds / DAY);
  const rest = seconds % DAY;
  const time = new Date(rest * 1000).toISOString().slice(11, 19);
  if (days === 0 && rest > 0) return time;
  // Excel's 1900 is a leap year: until its 29 February, a day is counted one less.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + days * DAY * 1000).toISOString().slice(0, 10);
  return rest === 0 ? date : `${date}T${time}`;
}
