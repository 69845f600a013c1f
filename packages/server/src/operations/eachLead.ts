import { refusalOf } from '../failure.ts';

/** A lead of many of which nothing was done, and why. */
interface RefusedLead {
  readonly id: number;
  readonly outcome: 'refused';
  readonly problem: string;
}

/**
 * Each lead that is locked, or whose database is away, is waited for some seconds: after so many the
 * others are not tried, lest whoever asked wait for minutes.
 */
const MOST_WAITED_FOR = 3;

/**
 * Does something with leads one after another, each in a transaction of its own: the persons of two
 * may be the same. One that is refused, or has to be tried again later, is told among the others:
 * what was done with those before it stays done, and has to be known.
 */
export async function eachLead<Item>(
  ids: readonly number[],
  work: (id: number) => Promise<Item>,
): Promise<(Item | RefusedLead)[]> {
  const items: (Item | RefusedLead)[] = [];
  let waitedFor = 0;
  let problem = '';
  for (const id of ids) {
    if (waitedFor < MOST_WAITED_FOR) {
      try {
        items.push(await work(id));
        continue;
      } catch (error) {
        const refusal = refusalOf(error);
        if (!refusal) throw error;
        problem = refusal.message;
        if (refusal.code === 'unavailable') waitedFor += 1;
      }
    }
    items.push({ id, outcome: 'refused', problem });
  }
  return items;
}
