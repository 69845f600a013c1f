const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A sentence of the server with its instants, such as 2026-11-23T08:00:00.000Z, as `written` has them. */
export const withTimes = (sentence: string, written: (instant: string) => string): string =>
  sentence.replace(INSTANT, written);

/**
 * A function that finds a sentence in a table of translations; undefined for one that is not there.
 * See texts/fr/serverSaid for what the table may hold.
 */
export function saidBy(
  table: Readonly<Record<string, string>>,
): (sentence: string) => string | undefined {
  const rows = Object.entries(table).map(([said, text]) => ({ pattern: patternOf(said), text }));
  const find = (sentence: string): string | undefined => {
    const bare = sentence.replace(/\.$/, '');
    if (Object.hasOwn(table, bare)) return table[bare];
    for (const { pattern, text } of rows) {
      const given = pattern.exec(bare);
      const found = given && filled(text, given);
      if (found) return found;
    }
    return undefined;
  };
  /** A text with its gaps filled; undefined when a part that is to be found as well is not there. */
  const filled = (text: string, given: RegExpExecArray) => {
    const parts = [...text.matchAll(/([$&])(\d)/g)].map(([gap, sign, place]) => {
      const part = given[Number(place)] ?? '';
      return { gap, part: sign === '&' ? find(part) : part };
    });
    return parts.reduce<string | undefined>(
      (whole, { gap, part }) => part && whole?.replace(gap, () => part),
      text,
    );
  };
  return find;
}

const patternOf = (said: string) =>
  new RegExp(`^${said.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '(.+?)')}$`, 's');
