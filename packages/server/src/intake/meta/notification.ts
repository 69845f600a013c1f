import { Refusal } from '../../refusal.ts';
import { idOf, jsonOf, listOf, objectOf } from './json.ts';

/** What Meta tells of a new lead: where it is, and nothing of the person. */
export interface LeadNotice {
  readonly leadgenId: string;
  readonly pageId: string | undefined;
  readonly formId: string | undefined;
  readonly adId: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
}

/**
 * Reads a webhook call of Meta: `{object, entry: [{id, time, changes: [{field, value}]}]}`. One
 * call may tell of many leads; a lead that it tells of twice is given once. Changes of other fields
 * are passed over, and so is a lead without a readable id, which nobody could fetch: the scheduled
 * read of its form finds it.
 *
 * Source: developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving, "Webhooks"; real
 * payloads in github.com/restfb/restfb/issues/918.
 *
 * @throws Refusal `invalid_request` when the body is not such an object.
 */
export function readNotification(raw: Buffer): LeadNotice[] {
  const entries = objectOf(jsonOf(raw.toString('utf8')))?.entry;
  if (!Array.isArray(entries)) {
    throw new Refusal('invalid_request', 'The body must be a webhook call of Meta, with "entry".');
  }
  const notices = new Map<string, LeadNotice>();
  for (const entry of entries.map(objectOf)) {
    for (const change of listOf(entry?.changes).map(objectOf)) {
      const notice = change?.field === 'leadgen' && readNotice(change.value, entry?.id);
      if (notice && !notices.has(notice.leadgenId)) notices.set(notice.leadgenId, notice);
    }
  }
  return [...notices.values()];
}

function readNotice(change: unknown, page: unknown): LeadNotice | undefined {
  const value = objectOf(change);
  const leadgenId = idOf(value?.leadgen_id);
  if (leadgenId === undefined) return undefined;
  return {
    leadgenId,
    pageId: idOf(value?.page_id) ?? idOf(page),
    formId: idOf(value?.form_id),
    adId: idOf(value?.ad_id),
    createdAt: timeOf(value?.created_time),
  };
}

/** Unix seconds as ISO 8601. */
function timeOf(value: unknown): string | undefined {
  const time = new Date(typeof value === 'number' ? value * 1000 : Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

const MOST_CHALLENGE = 200;

/**
 * Reads the call by which Meta verifies an address: `hub.mode=subscribe`, `hub.verify_token` and
 * `hub.challenge`; undefined when it is none. If the token is right the challenge is the answer,
 * as text/plain with nosniff: it is a number as documented, but anyone can write what they like.
 *
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, "Verification Requests".
 */
export function readVerification(
  query: Record<string, unknown>,
): { token: string; challenge: string } | undefined {
  const token = query['hub.verify_token'];
  const challenge = query['hub.challenge'];
  if (query['hub.mode'] !== 'subscribe') return undefined;
  if (typeof token !== 'string' || typeof challenge !== 'string') return undefined;
  if (challenge === '' || challenge.length > MOST_CHALLENGE) return undefined;
  return { token, challenge };
}
