import { type Answer, expect } from './check.ts';

type Row = Record<string, unknown>;

/** The rows of an answer of success: a bare array of objects. */
export function rowsOf(answer: Answer): Row[] {
  expect(answer.status === 200, `answered ${answer.status}: ${excerpt(answer)}`);
  expect(/^application\/json\b/i.test(answer.type), `Content-Type is "${answer.type}"`);
  const { json } = answer;
  expect(Array.isArray(json), 'the answer is no array');
  expect(json.every(isRow), 'a row is no object');
  return json as Row[];
}

const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row);

/** The error of the published page: `valid` false and a sentence. */
export function expectError(answer: Answer, status: number): void {
  expect(answer.status === status, `answered ${answer.status} instead of ${status}`);
  const { json } = answer;
  expect(isRow(json), 'the body of the error is no object');
  const { valid, error } = json as Row;
  expect(valid === false, '"valid" is not false');
  expect(typeof error === 'string' && error !== '', '"error" is no sentence');
}

const NUMBERS = ['action_id', 'prospect_id', 'programme_id'];
const NAMES = ['programme_nom', 'region_nom'];
const TEXTS = [
  'prospect_nom',
  'prospect_prenom',
  'prospect_telephone',
  'prospect_email',
  'origine_designation',
  'type_contact_designation',
  'type_action_designation',
];

/** The twelve fields that the page shows, by their types; further ones are free. */
export function expectContacts(rows: readonly Row[]): void {
  for (const row of rows) {
    for (const name of NUMBERS) expect(isId(row[name]), `${name} is no whole number`);
    for (const name of NAMES) expect(typeof row[name] === 'string', `${name} is no text`);
    for (const name of TEXTS) {
      expect(row[name] === null || typeof row[name] === 'string', `${name} is no text`);
    }
  }
  const ids = rows.map(({ action_id }) => action_id);
  expect(new Set(ids).size === ids.length, 'an action_id is there twice');
}

export const isId = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;

export const idsOf = (rows: readonly Row[]): number[] =>
  rows.map(({ action_id }) => Number(action_id));

/** Ids and codes, never what people are called. */
const excerpt = ({ status, text }: Answer): string => (status === 200 ? '' : text.slice(0, 200));
