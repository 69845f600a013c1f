/** A time as `<input type="datetime-local">` has it, in the reader's zone: 2026-11-23T09:00. */
export function localOf(at: string | null): string {
  if (at === null) return '';
  const time = new Date(at);
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** The time that somebody chose there, as ISO 8601; null for none. */
export const instantOf = (local: string): string | null =>
  local === '' ? null : new Date(local).toISOString();
