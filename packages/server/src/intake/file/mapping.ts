import { unspelled } from '../../text/frenchCsv.ts';
import { isRecord } from '../../text/isRecord.ts';
import { parseId } from '../../text/parseId.ts';
import { draftOf, type NamedText } from '../draftOf.ts';
import { type DraftField, fieldNames, fieldOf, fold } from '../fields.ts';
import type { LeadDraft } from '../leadDraft.ts';
import { FileError } from './fileError.ts';
import { hintRank, withoutMark } from './metaExport.ts';
import { isOwnTitle, type OwnTitle, ownTitleOf } from './ownColumns.ts';
import type { Row } from './rowFile.ts';
import { generatedTitle } from './titles.ts';

/**
 * What a column is for: a field of the lead; a hint at the programme, where none is named; a
 * question with its answer; or nothing.
 */
export type ColumnUse = DraftField | 'hint' | 'answer' | 'ignore';

/** The use of each column by its title, folded. JSON: it is remembered for each source. */
export type ColumnMapping = Readonly<Record<string, ColumnUse>>;

/** What the user says of one column. */
export interface ColumnChoice {
  readonly title: string;
  readonly use: ColumnUse;
}

export interface Column extends ColumnChoice {
  /** Which of the columns of our own files it is. */
  readonly own: OwnTitle | undefined;
}

const fields: ReadonlySet<string> = new Set(fieldNames.map(([, field]) => field));
const others: readonly string[] = ['hint', 'answer', 'ignore'];
const isUse = (use: unknown): use is ColumnUse =>
  typeof use === 'string' && (fields.has(use) || others.includes(use));

/** Fields that a row may have several texts of: `draftOf` joins them. */
const plural: ReadonlySet<ColumnUse> = new Set([
  'hint',
  'answer',
  'ignore',
  'commentaire',
  'consent',
]);

/** Titles of signs alone have nothing left when folded. */
const keyOf = (title: string): string => fold(title) || title;

/**
 * The use of each column: as the user says; else as they last said of such a column of this source;
 * else as its title tells; else it is a question with its answer. A field that the user
 * gives to a column is taken from columns that had it by memory or title, and likewise memory comes
 * before titles. Two columns may still have one field, such as two telephones: in each row the
 * first that is filled in takes it, and the other is an answer. `remembered` is the JSON of a
 * mapping; what it holds besides is passed over. Fails with a FileError when a choice names no
 * column.
 */
export function suggestMapping(
  titles: readonly string[],
  remembered: unknown = {},
  choices: readonly ColumnChoice[] = [],
): ColumnMapping {
  const keys = titles.filter((title) => !isOwnTitle(title)).map(keyOf);
  const unknown = choices.find(({ title }) => !keys.includes(keyOf(title)));
  if (unknown !== undefined) throw new FileError(`The file has no column "${unknown.title}".`);

  const mapping = new Map<string, ColumnUse>();
  const levels = [
    new Map(Object.entries(usesOf(choices))),
    readMapping(remembered),
    new Map(titles.map((title) => [keyOf(title), titleTells(title)])),
  ];
  for (const level of levels) {
    const taken = new Set([...mapping.values()].filter((use) => !plural.has(use)));
    for (const key of keys) {
      const use = level.get(key);
      if (use === undefined || mapping.has(key)) continue;
      mapping.set(key, taken.has(use) ? 'answer' : use);
    }
  }
  return Object.fromEntries(mapping);
}

/**
 * What the user says of columns, as it is remembered. What titles tell is not: a later file may have
 * another column of the same field beside, which this one would take the field from.
 */
export const usesOf = (choices: readonly ColumnChoice[]): ColumnMapping =>
  Object.fromEntries(choices.map(({ title, use }) => [keyOf(title), use]));

/** The columns of a file in its order. */
export const columnsOf = (mapping: ColumnMapping, titles: readonly string[]): Column[] =>
  titles.map((title) => {
    const own = ownTitleOf(title);
    return { title, own, use: own ? 'ignore' : (mapping[keyOf(title)] ?? 'answer') };
  });

/**
 * The lead of a row. Cells beyond the columns are answers, too. In a file that we wrote, the
 * apostrophes that keep spreadsheets from running formulas are taken off again.
 */
export function readRow(columns: readonly Column[], row: Row): LeadDraft {
  const ours = columns.filter(({ own }) => own !== undefined).length;
  const beyond = (index: number): ColumnChoice => ({
    title: generatedTitle(index, ours),
    use: 'answer',
  });
  const texts: NamedText[] = [];
  const hints: { text: string; rank: number }[] = [];
  for (const [index, cell] of row.cells.entries()) {
    const { title, use } = columns[index] ?? beyond(index);
    const text = withoutMark(use, ours > 0 ? unspelled(cell) : cell);
    if (use === 'hint') hints.push({ text, rank: hintRank(title) ?? Number.MAX_VALUE });
    else if (use !== 'ignore') texts.push([title, text, use]);
  }
  const surestFirst = hints
    .filter(({ text }) => text.trim() !== '')
    .sort((one, other) => one.rank - other.rank)
    .map(({ text }) => text);
  const draft = draftOf(texts);
  return surestFirst.length === 0 ? draft : { ...draft, hints: surestFirst };
}

/**
 * The id of the quarantined lead that a row of a file of ours corrects; undefined for a new lead.
 */
export function correctedLead(columns: readonly Column[], row: Row): number | undefined {
  const index = columns.findIndex(({ own }) => own === 'relais_lead');
  return parseId(row.cells[index]?.trim() ?? '') || undefined;
}

/** Reads `Tél bureau=telephone`, as the command line has it. Fails with a FileError. */
export function parseMappingOption(option: string): ColumnChoice {
  const at = option.lastIndexOf('=');
  const title = option.slice(0, at).trim();
  const name = option.slice(at + 1).trim();
  const use = isUse(name) ? name : fieldOf(name);
  if (at > 0 && title !== '' && use !== undefined) return { title, use };
  throw new FileError(
    `A column is mapped as "title=field"; the fields are ${[...fields, ...others].join(', ')}.`,
  );
}

/** What may tell the use of a column, where nothing was said of it. */
const titleTells = (title: string): ColumnUse =>
  hintRank(title) === undefined ? (fieldOf(title) ?? 'answer') : 'hint';

/** A mapping from its JSON; what it holds besides is passed over. */
export function readMapping(json: unknown): Map<string, ColumnUse> {
  const mapping = new Map<string, ColumnUse>();
  if (!isRecord(json)) return mapping;
  for (const [key, use] of Object.entries(json)) if (isUse(use)) mapping.set(key, use);
  return mapping;
}
