import type { RecordedLead } from '../../support/graphServer.ts';

export const FORM = '1811616845554330';

/** A lead as Meta recorded it, of an invented person. */
export const recordedLead = (id: string, change: Record<string, unknown> = {}): RecordedLead => ({
  id,
  created_time: '2026-11-23T08:00:00+0000',
  form_id: FORM,
  ad_id: '23842978613670425',
  ad_name: 'Vidéo balcon',
  adset_id: '23842978599340425',
  adset_name: 'Toulouse 30-45',
  campaign_id: '23842978599350425',
  campaign_name: 'Rentrée',
  is_organic: false,
  platform: 'fb',
  field_data: [
    { name: 'full_name', values: ['Jean Dupont'] },
    { name: 'email', values: ['jean@email.com'] },
    { name: 'phone_number', values: ['+33612345678'] },
    { name: 'quel_est_votre_projet_?', values: ['investir'] },
  ],
  custom_disclaimer_responses: [{ checkbox_key: 'consent_phone', is_checked: '1' }],
  ...change,
});
