import { fold } from '../fields.ts';

/**
 * What may tell the programme of a lead in the file that Meta's Leads Centre exports, surest first;
 * other ad platforms use some of the same titles.
 */
const hints = [
  ...['form_id', 'form_name', 'campaign_id', 'campaign_name'],
  ...['adset_id', 'adset_name', 'ad_id', 'ad_name'],
].map(fold);

/** How far down the list of hints a title stands; undefined when it is none. */
export function hintRank(title: string): number | undefined {
  const rank = hints.indexOf(fold(title));
  return rank === -1 ? undefined : rank;
}

/** What each kind of value is marked with there, so that Excel takes none of them for a number. */
const marks: Readonly<Record<string, RegExp>> = {
  telephone: /^p:(?=\s*[+\d(])/,
  externalId: /^l:(?=\d)/,
  code_postal: /^z:(?=\d)/,
  hint: /^(?:f|c|as|ag):(?=\d)/,
};

/** The value of a field less Meta's mark: `p:+33612345678`, `l:1814022725313742`. */
export function withoutMark(use: string, value: string): string {
  const mark = marks[use];
  return mark === undefined ? value : value.replace(mark, '');
}
