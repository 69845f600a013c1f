import { Refusal } from '../refusal.ts';

/** As it is compared: times by their instant, lists whatever their order. */
const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
const same = (one: unknown, other: unknown): boolean => comparable(one) === comparable(other);

/** A change of what its author was shown. */
interface Seen<Values> {
  readonly now: Values;
  readonly change: Partial<Values>;
  /** What the author of the change saw; undefined where that is not known. */
  readonly shown?: { readonly [Name in keyof Values]?: Values[Name] | undefined } | undefined;
}

/**
 * What a change would write over though its author has not seen it: values that are otherwise than
 * they were `shown`, where it changes. Of what was not shown, and of what stays, nothing is asked.
 */
export function unseenOf<Values extends object>({
  now,
  change,
  shown = {},
}: Seen<Values>): (keyof Values)[] {
  return (Object.keys(shown) as (keyof Values)[]).filter(
    (name) =>
      change[name] !== undefined &&
      shown[name] !== undefined &&
      !same(change[name], now[name]) &&
      !same(shown[name], now[name]),
  );
}

/** Refuses a change that would write over what its author has not seen. */
export function assertSeen<Values extends object>(what: string, seen: Seen<Values>): void {
  if (unseenOf(seen).length === 0) return;
  throw new Refusal(
    'changed_meanwhile',
    `Somebody else has changed the same field of this ${what} meanwhile: look again.`,
  );
}
