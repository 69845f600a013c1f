import { type IntakeReason, intakeReasons } from '@relais/contract';
import type { reasons as french } from '../fr/reasons.ts';

const names: Readonly<Record<IntakeReason, string>> = {
  unknown_programme: 'Unknown programme',
  no_contact_details: 'No contact details',
  no_consent: 'No consent',
  source_paused: 'Source paused',
  test_lead: 'Trial',
  honeypot: 'Likely a robot',
  person_erased: 'Person erased',
  not_fetched: 'Not fetched',
  postponed: 'Postponed',
  telephone_unreadable: 'Unreadable telephone',
  email_unreadable: 'Unreadable e-mail',
  email_doubtful: 'Doubtful e-mail',
  canvassing_number: 'Canvassing number',
  text_cleaned: 'Text cleaned',
  text_cut: 'Text cut',
  two_prospects: 'Two persons',
  external_id_reused: 'Reused external id',
  details_differ: 'Details differ',
};

const textOf = (reason: IntakeReason) => ({
  name: names[reason],
  meaning: intakeReasons[reason].meaning,
  remedy: intakeReasons[reason].remedy,
});

export const reasons: typeof french = {
  unknown_programme: textOf('unknown_programme'),
  no_contact_details: textOf('no_contact_details'),
  no_consent: textOf('no_consent'),
  source_paused: textOf('source_paused'),
  test_lead: textOf('test_lead'),
  honeypot: textOf('honeypot'),
  person_erased: textOf('person_erased'),
  not_fetched: textOf('not_fetched'),
  postponed: textOf('postponed'),
  telephone_unreadable: textOf('telephone_unreadable'),
  email_unreadable: textOf('email_unreadable'),
  email_doubtful: textOf('email_doubtful'),
  canvassing_number: textOf('canvassing_number'),
  text_cleaned: textOf('text_cleaned'),
  text_cut: textOf('text_cut'),
  two_prospects: textOf('two_prospects'),
  external_id_reused: textOf('external_id_reused'),
  details_differ: textOf('details_differ'),
};
