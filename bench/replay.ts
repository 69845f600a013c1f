import type { SentStatement } from './record.ts';

/** Where a parameter comes from, when what was recorded is sent again. */
export type Given =
  | { readonly from: 'recording'; readonly value: string | null }
  /** A new UUID; the same one wherever the number is the same. */
  | { readonly from: 'uuid'; readonly number: number }
  /** A column of an earlier statement's answer: of its first row, or of all as an array. */
  | { readonly from: 'row' | 'rows'; readonly statement: number; readonly column: string };

/** A statement that can be sent again and again. */
export interface Step {
  readonly name: string;
  readonly text: string;
  /** undefined: by the simple protocol. */
  readonly given: readonly Given[] | undefined;
  /** How many rows it brought. */
  readonly rows: number;
}

/** The state of an answer that the server had kept (readFirstReady), which is no longer so. */
const STATE = /^[0-9a-f]{32}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What a request sends to PostgreSQL, whoever makes it: found by comparing two recordings of it. A
 * statement that was sent once only was no part of it. A parameter that was the same both times
 * stays; one that was not must have come from an earlier answer, be a new UUID, or the state of an
 * answer that was kept, which stays as it was, so that the answer is made anew each time.
 */
export function stepsOf(one: readonly SentStatement[], other: readonly SentStatement[]): Step[] {
  const first = sentByBoth(one, other);
  const second = sentByBoth(other, one);
  if (first.map(({ text }) => text).join() !== second.map(({ text }) => text).join()) {
    throw new Error('two requests of the same kind sent their statements in another order');
  }
  const uuids: string[] = [];
  return first.map((statement, number) => {
    const again = second[number] ?? statement;
    const given = statement.values?.map((value, place): Given => {
      const twin = again.values?.[place] ?? null;
      const outdated = value && twin && STATE.test(value) && STATE.test(twin);
      if (value === twin || outdated) return { from: 'recording', value };
      const found = value && twin && earlier(first.slice(0, number), second, value, twin);
      if (found) return found;
      if (value && UUID.test(value)) {
        if (!uuids.includes(value)) uuids.push(value);
        return { from: 'uuid', number: uuids.indexOf(value) };
      }
      throw new Error(`where does $${place + 1} come from in: ${statement.text}`);
    });
    return { name: statement.name, text: statement.text, given, rows: statement.rows.length };
  });
}

const sentByBoth = (own: readonly SentStatement[], other: readonly SentStatement[]) =>
  own.filter(({ text }) => other.some((statement) => statement.text === text));

/**
 * The same steps with the values of another caller's recording. What else its server has sent
 * meanwhile is passed over.
 */
export function valuesOf(steps: readonly Step[], recording: readonly SentStatement[]): Step[] {
  let at = 0;
  return steps.map((step) => {
    while (at < recording.length && recording[at]?.text !== step.text) at += 1;
    const own = recording[at];
    at += 1;
    if (!own) throw new Error(`another caller's request did not send: ${step.text}`);
    const given = step.given?.map((from, place) =>
      from.from === 'recording' ? { ...from, value: own.values?.[place] ?? null } : from,
    );
    return { ...step, given, rows: own.rows.length };
  });
}

/** The column of an earlier answer that holds a value, in both recordings. */
function earlier(
  first: SentStatement[],
  second: SentStatement[],
  value: string,
  twin: string,
): Given | undefined {
  for (const [statement, { columns, rows }] of first.entries()) {
    for (const [place, column] of columns.entries()) {
      const others = second[statement]?.rows ?? [];
      const whole = (list: (string | null)[][]) => list.map((row) => row[place]);
      if (same(whole(rows)[0], value) && same(whole(others)[0], twin)) {
        return { from: 'row', statement, column };
      }
      if (listed(whole(rows)) === plain(value) && listed(whole(others)) === plain(twin)) {
        return { from: 'rows', statement, column };
      }
    }
  }
  return undefined;
}

const listed = (values: unknown[]) => `{${values.join()}}`;
const plain = (array: string) => array.replaceAll('"', '');

/** The same text, or the same time written in two ways. */
function same(left: string | null | undefined, right: string): boolean {
  if (left === right) return true;
  const isTime = /^\d{4}-\d\d-\d\d[ T]/;
  return (
    typeof left === 'string' &&
    isTime.test(left) &&
    isTime.test(right) &&
    Date.parse(left) === Date.parse(right)
  );
}
