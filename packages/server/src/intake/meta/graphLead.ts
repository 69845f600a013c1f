import { idOf, listOf, objectOf, textOf } from './json.ts';

/**
 * A lead as the Graph API gives it. Names as in Meta's own SDK: `adobjects/lead.py` of
 * github.com/facebook/facebook-python-business-sdk.
 */
export interface GraphLead {
  readonly id: string;
  /** Such as `2026-11-23T08:00:00+0000`. */
  readonly created_time: string | undefined;
  readonly form_id: string | undefined;
  readonly ad_id: string | undefined;
  readonly ad_name: string | undefined;
  readonly adset_id: string | undefined;
  readonly adset_name: string | undefined;
  readonly campaign_id: string | undefined;
  readonly campaign_name: string | undefined;
  readonly is_organic: boolean | undefined;
  /** `fb`, `ig`, … */
  readonly platform: string | undefined;
  readonly field_data: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly custom_disclaimer_responses: readonly {
    readonly checkbox_key: string;
    readonly is_checked: boolean;
  }[];
}

/** What is asked for; the Graph API gives no member that is not. */
export const leadFields = [
  'id',
  'created_time',
  'form_id',
  'ad_id',
  'ad_name',
  'adset_id',
  'adset_name',
  'campaign_id',
  'campaign_name',
  'is_organic',
  'platform',
  'field_data',
  'custom_disclaimer_responses',
] as const satisfies readonly (keyof GraphLead)[];

/**
 * Reads a lead; undefined when the value has no id, and so is none. Ads, sets and campaigns are
 * absent where the access does not reach them, and for organic leads.
 */
export function readGraphLead(value: unknown): GraphLead | undefined {
  const lead = objectOf(value);
  const id = idOf(lead?.id);
  if (lead === undefined || id === undefined) return undefined;
  return {
    id,
    created_time: textOf(lead.created_time),
    form_id: idOf(lead.form_id),
    ad_id: idOf(lead.ad_id),
    ad_name: textOf(lead.ad_name),
    adset_id: idOf(lead.adset_id),
    adset_name: textOf(lead.adset_name),
    campaign_id: idOf(lead.campaign_id),
    campaign_name: textOf(lead.campaign_name),
    is_organic: isPresent(lead.is_organic) ? isTrue(lead.is_organic) : undefined,
    platform: textOf(lead.platform),
    field_data: listOf(lead.field_data).flatMap((item) => {
      const field = objectOf(item);
      const name = textOf(field?.name);
      const values = listOf(field?.values).flatMap((entry) => textOf(entry) ?? []);
      return name === undefined ? [] : [{ name, values }];
    }),
    custom_disclaimer_responses: listOf(lead.custom_disclaimer_responses).flatMap((item) => {
      const box = objectOf(item);
      const key = textOf(box?.checkbox_key);
      return key === undefined ? [] : [{ checkbox_key: key, is_checked: isTrue(box?.is_checked) }];
    }),
  };
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** Seen: "1" and "" for checkboxes, and booleans. What is none of them is not a yes. */
const isTrue = (value: unknown): boolean => /^(1|true)$/i.test(textOf(value) ?? '');
