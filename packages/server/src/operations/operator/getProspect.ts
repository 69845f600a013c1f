import { fieldOf } from '../../intake/fields.ts';
import { noSuch } from '../../refusal.ts';
import { consentsOf, type GivenConsent } from '../../store/consents.ts';
import { historyOf } from '../../store/history.ts';
import { contactsOfProspect } from '../../store/listedContacts.ts';
import { findProspect, identitiesOf, type KnownPerson } from '../../store/prospects.ts';
import { receiptsOf } from '../../store/receipts.ts';
import { readConsistently } from '../../store/snapshot.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentTimeline } from '../presentTimeline.ts';

const MOST_EVENTS = 1000;

export const getProspect: OperatorHandler<'getProspect'> = async (call, { prospectId }) => {
  const read = await readConsistently(call.database.db, async (trx) => ({
    person: await findProspect(trx, prospectId),
    identities: await identitiesOf(trx, prospectId),
    actions: await contactsOfProspect(trx, prospectId),
    events: (await historyOf(trx, { prospect: prospectId }, MOST_EVENTS)) ?? [],
    consents: await consentsOf(trx, prospectId),
    received: await receiptsOf(trx, prospectId),
  }));
  const { person, identities, actions, events, consents, received } = read;
  if (!person) throw noSuch('prospect', prospectId);
  call.saw([prospectId]);
  return {
    prospect: presentPerson(prospectId, person),
    identities: identities.map((value) => ({
      kind: value.includes('@') ? ('email' as const) : ('telephone' as const),
      value,
    })),
    actions,
    timeline: await presentTimeline(call, events),
    consents: consents.map(presentConsent),
    received,
  };
};

const presentPerson = (id: number, { created_at, erased_at, ...person }: KnownPerson) => ({
  prospect_id: id,
  prospect_civilite: person.civilite,
  prospect_nom: person.nom,
  prospect_prenom: person.prenom,
  prospect_telephone: person.telephone,
  prospect_email: person.email,
  prospect_adresse: person.adresse,
  prospect_code_postal: person.code_postal,
  prospect_ville: person.ville,
  prospect_pays: person.pays,
  created_at,
  erased_at,
});

/** Answers about consent stay beside the yes or no where they say more, or differ. */
const presentConsent = ({ answers, ...consent }: GivenConsent) => ({
  ...consent,
  answers: answers.filter(({ question }) => fieldOf(question) === 'consent'),
});
