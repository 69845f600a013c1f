import { Refusal } from './refusal.ts';

/** As it is compared: times by their instant, lists whatever their order. */
const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
const same = (one: unknown, other: unknown): boolean => comparable(one) === comparable(other);

/**
 * Refuses a change that would write over what its author has not seen: a value that is otherwise
 * than it was `shown`, where it changes. Of what was not shown, and of what stays, nothing is asked.
 */
export function assertSeen<Values extends object>(
  what: string,
  { now, change, shown = {} }: Seen<Values>,
): void {
  for (const name of Object.keys(shown) as (keyof Values)[]) {
    if (change[name] === undefined || same(change[name], now[name])) continue;
    if (!same(shown[name], now[name])) {
      throw new Refusal(
        'changed_meanwhile',
        `Somebody else has changed the same field of this ${what} meanwhile: look again.`,
      );
    }
  }
}

interface Seen<Values> {
  readonly now: Values;
  readonly change: Partial<Values>;
  /** What the author of the change saw; undefined where that is not known. */
  readonly shown?: Partial<Values> | undefined;
}
