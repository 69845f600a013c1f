import { parseId } from '../text/parseId.ts';
import { CommandError } from './output.ts';

/** An id as it was typed; `what` it is of, and where to look it up: `a lead: see "…"`. */
export function readId(given: string, what: string): number {
  const id = parseId(given);
  if (id) return id;
  throw new CommandError(`"${given}" is no id of ${what}.`, 'usage');
}
