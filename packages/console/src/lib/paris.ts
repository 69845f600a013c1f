/**
 * The time zone of every day and time in the console, whatever the browser's: that of its figures,
 * of exports and of files, so that all tell of the same day.
 */
export const ZONE = 'Europe/Paris';

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** What a clock in Paris shows: `2026-11-23T09:00:00`. */
export const shownAt = (at: Date): string => clock.format(at).replace(' ', 'T');

/**
 * When it shows that, to the second or the minute: of an hour that comes twice, the second time; of
 * one that is skipped, an hour later. An invalid date for a text that is no time.
 */
export function momentOf(shown: string): Date {
  const inUtc = Date.parse(`${shown}Z`);
  if (Number.isNaN(inUtc)) return new Date(Number.NaN);
  const ahead = (at: number) => Date.parse(`${shownAt(new Date(at))}Z`) - at;
  return new Date(inUtc - ahead(inUtc - ahead(inUtc)));
}
