import { momentOf, shownAt } from './paris.ts';

/** A time as `<input type="datetime-local">` has it: 2026-11-23T09:00. */
export const localOf = (at: string | null): string =>
  at === null ? '' : shownAt(new Date(at)).slice(0, 16);

/** Whether a text of such a field is a time that can be had, or none. */
export const isTime = (local: string): boolean =>
  local === '' || !Number.isNaN(momentOf(local).getTime());

/** Whether such a field has a part of a time: its text is empty then, as if there were none. */
export const isHalfTyped = (field: HTMLElement | null): boolean =>
  field instanceof HTMLInputElement && field.validity.badInput;

/** The time that somebody chose there, as ISO 8601; null for none. */
export const instantOf = (local: string): string | null =>
  local === '' ? null : momentOf(local).toISOString();
