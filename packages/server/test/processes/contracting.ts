/** A statement of a migration without what is quoted, in lower case, and the comments on it. */
interface Statement {
  readonly text: string;
  readonly comments: string;
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|;|[^-/'$;]+|[-/'$]/g;

function statements(sql: string): Statement[] {
  const found: { text: string; comments: string }[] = [{ text: '', comments: '' }];
  for (const [token] of sql.matchAll(TOKEN)) {
    const last = found.at(-1);
    if (!last) break;
    if (token === ';') found.push({ text: '', comments: '' });
    else if (/^(--|\/\*)/.test(token)) last.comments += `${token}\n`;
    else if (/^['$].+/s.test(token)) last.text += "''";
    else last.text += token;
  }
  return found.map(({ text, comments }) => ({
    text: text.toLowerCase().replace(/"/g, '').replace(/\s+/g, ' ').trim(),
    comments,
  }));
}

/** Says since which release nothing reads or relies on what the statement takes away. */
const MARK = /^-- contract: unread since \d+\.\d+\.\d+\b/m;

/** What a statement does to a table that it changes: its parts between commas, brackets whole. */
const parts = (text: string): string[] =>
  text.replace(/^alter table (only |if exists )*\S+ /, '').split(/, ?(?![^(]*\))/);

const LOOSENS = /^drop constraint (if exists )?\S+_(fkey|check)( |$)/;
const FILLED = /\b(default|generated)\b/;

/** Why a change to a table breaks a version that runs, or undefined. */
function breaks(part: string): string | undefined {
  if (/^drop /.test(part)) return LOOSENS.test(part) ? undefined : 'takes something away';
  if (/^rename\b/.test(part)) return 'renames';
  if (/^alter (column )?\S+ (set data )?type\b/.test(part)) return 'changes a type';
  if (/^alter (column )?\S+ set not null\b/.test(part)) return 'forbids null';
  if (/^alter (column )?\S+ drop (default|identity|expression)\b/.test(part)) {
    return 'takes a default away';
  }
  if (/^add (constraint|check|unique|primary|foreign|exclude)\b/.test(part)) return 'adds a rule';
  if (/^add /.test(part) && /\b(not null|primary key)\b/.test(part) && !FILLED.test(part)) {
    return 'adds a column that older versions do not fill';
  }
  return undefined;
}

/**
 * What a migration does that the version before it may not survive, as far as its text tells; each
 * with the statement. Marked statements are let through.
 */
export function contractions(sql: string): string[] {
  const all = statements(sql);
  const made = new Set(
    all.map(({ text }) => /^create (?:unlogged )?table (?:if not exists )?(\w+)/.exec(text)?.[1]),
  );
  const found: string[] = [];
  for (const { text, comments } of all) {
    if (MARK.test(comments)) continue;
    const table =
      /^(?:alter table|create unique index(?: .*)? on|truncate(?: table)?)(?: only| if exists)* (\w+)/.exec(
        text,
      )?.[1];
    if (table !== undefined && made.has(table)) continue;
    const why = /^alter (table|view|index|type|sequence|domain)\b/.test(text)
      ? parts(text).map(breaks).find(Boolean)
      : /^drop /.test(text)
        ? 'takes something away'
        : /^truncate\b/.test(text)
          ? 'empties a table'
          : /^create unique index\b/.test(text)
            ? 'adds a rule'
            : undefined;
    if (why) found.push(`${why}: ${text}`);
  }
  return found;
}
