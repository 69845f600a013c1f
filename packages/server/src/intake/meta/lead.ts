import { draftOf, type NamedText } from '../draftOf.ts';
import type { LeadDraft } from '../leadDraft.ts';
import type { GraphLead } from './graphLead.ts';

/**
 * Reads a lead of the Graph API as a draft. Questions that are no field become answers, and so does
 * every checkbox. What the form itself gives goes before what is known of its ad: forms may carry
 * tracking parameters such as `utm_source`.
 */
export function draftOfGraphLead(lead: GraphLead): LeadDraft {
  const draft = draftOf([
    ['id', lead.id, 'externalId'],
    ['created_time', lead.created_time ?? '', 'createdAt'],
    ...lead.field_data.map(({ name, values }): NamedText => [name, values.join(', ')]),
    ...lead.custom_disclaimer_responses.map(
      (box): NamedText => [box.checkbox_key, box.is_checked ? 'oui' : 'non', 'answer'],
    ),
  ]);
  const consents = [draft.consent, consentOf(lead)].filter((consent) => consent !== undefined);
  const hints = [lead.form_id, lead.ad_id, lead.adset_id, lead.campaign_id].filter(
    (id) => id !== undefined,
  );
  return {
    ...campaignOf(lead),
    ...draft,
    ...(hints.length > 0 ? { hints } : {}),
    // One no outweighs every yes.
    ...(consents.length > 0 ? { consent: consents.every(Boolean) } : {}),
  };
}

const PLATFORMS = new Map([
  ['fb', 'facebook'],
  ['ig', 'instagram'],
]);

/** The ad in the contract's campaign fields. */
function campaignOf(lead: GraphLead): LeadDraft {
  const { platform = '', is_organic } = lead;
  const medium = is_organic ? 'organic' : 'paid_social';
  return draftOf([
    ['utm_source', PLATFORMS.get(platform) ?? platform],
    ['utm_medium', is_organic === undefined ? '' : medium],
    ['utm_campaign', lead.campaign_name ?? ''],
    ['utm_term', lead.adset_name ?? ''],
    ['utm_content', lead.ad_name ?? ''],
  ]);
}

const OF_CALLS = /phone|tel|call|appel|consent|rgpd|gdpr/i;

/**
 * Whether the checkboxes agree to a call. A single one is the consent, whatever its key; of several
 * those whose keys speak of it, all of them; where none does, nobody was asked.
 */
function consentOf({ custom_disclaimer_responses: boxes }: GraphLead): boolean | undefined {
  const asked =
    boxes.length === 1 ? boxes : boxes.filter(({ checkbox_key }) => OF_CALLS.test(checkbox_key));
  return asked.length > 0 ? asked.every(({ is_checked }) => is_checked) : undefined;
}
