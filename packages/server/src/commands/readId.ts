import { CommandError } from './output.ts';

/** An id as it was typed; `what` it is of, and where to look it up: `a lead: see "…"`. */
export function readId(given: string, what: string): number {
  if (/^[1-9]\d{0,14}$/.test(given)) return Number(given);
  throw new CommandError(`"${given}" is no id of ${what}.`, 'usage');
}
