import { exampleContact, type LoadRecord } from '@relais/contract';
import type { Person } from './prospects.ts';
import type { Course } from './timeline.ts';

const instant = (time: number) => new Date(time).toISOString();

/** The person of the published page. */
export const publishedPerson = (created: number): Person => ({
  civilite: exampleContact.prospect_civilite,
  nom: exampleContact.prospect_nom,
  prenom: exampleContact.prospect_prenom,
  telephone: exampleContact.prospect_telephone,
  email: exampleContact.prospect_email,
  adresse: exampleContact.prospect_adresse,
  code_postal: exampleContact.prospect_code_postal,
  ville: exampleContact.prospect_ville,
  pays: exampleContact.prospect_pays,
  created_at: instant(created),
});

/** The enquiry of the published page: what a demo key reads is the contract's example. */
export const publishedAction = ({ created, ready = created }: Course): LoadRecord<'actions'> => ({
  id: exampleContact.action_id,
  idProspect: exampleContact.prospect_id,
  idProgramme: exampleContact.programme_id,
  idStatut: exampleContact.statut_id,
  idOrigine: exampleContact.origine_id,
  idTypeContact: exampleContact.type_contact_id,
  idTypeAction: exampleContact.type_action_id,
  created_at: instant(created),
  ready_at: instant(ready),
  pulled_at: null,
  commentaire: exampleContact.action_commentaire,
  source_reference: exampleContact.source_reference,
  utm_source: exampleContact.utm_source,
  utm_medium: exampleContact.utm_medium,
  utm_campaign: exampleContact.utm_campaign,
  utm_term: exampleContact.utm_term,
  utm_content: exampleContact.utm_content,
  gclid: exampleContact.gclid,
  fbclid: exampleContact.fbclid,
});
