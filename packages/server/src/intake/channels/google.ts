import { isRecord } from '../../text/isRecord.ts';
import { draftOf, type NamedText } from '../draftOf.ts';
import { fieldOf } from '../fields.ts';
import type { LeadDraft } from '../leadDraft.ts';
import { scalarText, wholeText } from './jsonText.ts';

/** What tells the programme, surest first: the form, then ever larger parts of the account. */
const HINTS = ['form_id', 'asset_group_id', 'adgroup_id', 'campaign_id'];

/**
 * Reads a lead of a Google Ads lead form, as
 * developers.google.com/google-ads/webhook/docs/implementation gives it; members that are not
 * known are passed over, as that page asks. Its ids are beyond 2^53: parse the body with
 * `parseExactJson`. `google_key` never gets into the draft.
 */
export function readGoogleLead(body: Readonly<Record<string, unknown>>): LeadDraft {
  const draft = draftOf([
    ['lead_id', textOf(body.lead_id), 'externalId'],
    ['gcl_id', textOf(body.gcl_id), 'gclid'],
    ['lead_submit_time', textOf(body.lead_submit_time), 'createdAt'],
    ['is_test', textOf(body.is_test), 'test'],
    ...columnsOf(body.user_column_data),
  ]);
  const hints = HINTS.map((name) => textOf(body[name])).filter((id) => id !== '' && id !== '0');
  return hints.length > 0 ? { ...draft, hints } : draft;
}

function columnsOf(data: unknown): NamedText[] {
  if (!Array.isArray(data)) return [['user_column_data', textOf(data), 'answer']];
  return data.map((column: unknown): NamedText => {
    if (!isColumn(column)) return ['user_column_data', textOf(column), 'answer'];
    const id = textOf(column.column_id);
    const question = textOf(column.column_name) || id;
    return [question, textOf(column.string_value), fieldOf(id) ?? 'answer'];
  });
}

/** A column that gives its value otherwise is kept whole. */
const isColumn = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && 'string_value' in value;

const textOf = (value: unknown): string => scalarText(value) ?? wholeText(value);
