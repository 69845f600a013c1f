import { fewMarks } from '@relais/contract';
import type { Answer, CampaignField, LeadDraft, PersonField } from './leadDraft.ts';
import { isBlank, trimText } from './normalise/text.ts';
import { readCreationDate, readYesNo } from './values.ts';

/** A field of a draft that a single text can fill. */
export type DraftField =
  | PersonField
  | CampaignField
  | 'externalId'
  | 'nom_complet'
  | 'programme'
  | 'commentaire'
  | 'consent'
  | 'createdAt'
  | 'test';

/**
 * What is left of a name when its marks, letter case, spaces and signs do not count:
 * "N° de téléphone" and "n_de_Telephone" are both `ndetelephone`.
 */
export const fold = (name: string): string =>
  fewMarks(name)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * The names of each field, folded, at every door: members of JSON, fields of forms, titles of
 * columns, Meta's and Google's names. A name of an id stands here only when it is the lead's own:
 * two leads under one id are one lead.
 */
const synonyms: Record<DraftField, string> = {
  civilite: 'civilite civility salutation',
  nom: `nom nomdefamille nomfamille lastname surname familyname nomdusage nomusage`,
  prenom: 'prenom prenoms firstname givenname forename',
  nom_complet: `nomcomplet fullname name nomprenom prenomnom nometprenom prenometnom nomprenoms
    firstandlastname completename`,
  telephone: `telephone tel phone phonenumber telephonenumber numerodetelephone numerotelephone
    ndetelephone ntelephone nodetelephone notelephone numtelephone numerotel numtel notel ntel
    ndetel numerodetel numdetel nodetel numdetelephone telephoneprincipal telprincipal
    telephone1 tel1 phone1 mobile portable gsm cell cellphone telmobile telportable telephonemobile
    telephoneportable numerodemobile numerodeportable ndeportable nodeportable ndemobile nodemobile
    nportable nmobile numeroportable numeromobile ntelportable ntelmobile
    mobilephone mobilenumber mobilephonenumber telfixe telephonefixe fixe landline homephone
    telephonedomicile teldomicile telpro telprofessionnel workphone workphonenumber whatsapp whatsappnumber`,
  email: `email emailaddress mail mailaddress courriel courrielelectronique courrierelectronique
    adressemail adresseemail adressecourriel adresseelectronique adressedemessagerie email1 mel
    workemail workemailaddress emailprofessionnel`,
  adresse: `adresse address adressepostale streetaddress street rue adresse1 address1 addressline1
    adresseligne1 postaladdress mailingaddress numeroetrue`,
  code_postal: 'codepostal cp zip zipcode postcode postalcode zippostalcode postal codepostale',
  ville: 'ville city town commune localite villederesidence',
  pays: 'pays country countrycode codepays paysderesidence countryname',
  programme: `programme program programmeimmobilier residence nomduprogramme nomprogramme
    programmenom programmename programname nomdelaresidence nomresidence residencename idprogramme
    programmeid programid codeprogramme`,
  commentaire: `commentaire commentaires comment comments message messages remarque remarques
    precision precisions observation observations note notes demande texte`,
  externalId: `externalid idexterne identifiantexterne id leadid leadgenid idlead iddulead
    identifiantdulead submissionid`,
  utm_source: 'utmsource',
  utm_medium: 'utmmedium',
  utm_campaign: 'utmcampaign',
  utm_term: 'utmterm',
  utm_content: 'utmcontent',
  gclid: 'gclid gclickid googleclickid',
  fbclid: 'fbclid facebookclickid',
  consent: `consent consentement rgpd gdpr optin optintelephone optintel optinphone consentphone
    consenttelephone consentementtelephone consentementrgpd rgpdconsent gdprconsent accordrgpd
    consentcontact contactconsent marketingconsent jaccepte jacceptedetrecontacte
    jacceptedetrecontactee jacceptedetrerappele jacceptedetrerappelee jacceptedetreappele
    jacceptedetreappelee acceptedetrecontacte acceptedetrerappele consentementtelephonique
    accepteducontact`,
  createdAt: `createdat created createdtime createdon createddate creationdate date dateandtime
    datetime dateheure dateetheure datecreation datedecreation datedemande datedelademande
    datereception datedereception datedenvoi datesoumission datedesoumission submittedat
    submittedon submissiondate leadsubmittime timestamp horodatage horodateur`,
  test: 'test istest',
};

/** Pairs of a folded name and its field, each name once. */
export const fieldNames: readonly (readonly [name: string, field: DraftField])[] = (
  Object.keys(synonyms) as DraftField[]
).flatMap((field) => synonyms[field].split(/\s+/).map((name) => [name, field] as const));

const fields = new Map(fieldNames);

/** What is put before the name of a field: `prospect_nom`, `contact[email]`, `your-message`. */
const PREFIX = /^(?:prospect|contact|lead|client|customer|votre|your|vos)/;
/** Fields that such a word changes nothing of; the `id` of a client is no id of the lead. */
const prefixed = new Set<DraftField>([
  ...(['civilite', 'nom', 'prenom', 'nom_complet', 'telephone', 'email', 'adresse'] as const),
  ...(['code_postal', 'ville', 'pays', 'programme', 'commentaire'] as const),
]);

/** The field that a name stands for, however it is written; undefined when it is none. */
export function fieldOf(name: string): DraftField | undefined {
  if (name.length > 100) return undefined;
  const folded = fold(name);
  const field = fields.get(folded);
  if (field) return field;
  const bare = fields.get(folded.replace(PREFIX, ''));
  return bare && prefixed.has(bare) ? bare : undefined;
}

/**
 * A text with the name it came under, and the field that it fills where its channel knows better
 * than its name does.
 */
export type NamedText = readonly [name: string, value: string, field?: DraftField | 'answer'];

/**
 * A draft of named texts. What is blank is left out; everything else is kept. A name of no field,
 * a date or a yes that can't be read, a date that is not past (the visit that somebody wishes for),
 * and a second value of a field become answers, as typed. Several commentaires are one, apart by a
 * blank line. Where consent is given more than once, one no outweighs every yes.
 */
export function draftOf(entries: Iterable<NamedText>): LeadDraft {
  const draft: Draft = {};
  const answers: Answer[] = [];
  const consents: { question: string; answer: string; agreed: boolean }[] = [];
  for (const [name, value, stated] of entries) {
    if (isBlank(value)) continue;
    const field = stated ?? fieldOf(name) ?? 'answer';
    const agreed = field === 'consent' ? readYesNo(value) : undefined;
    if (agreed !== undefined) consents.push({ question: name, answer: value, agreed });
    else if (!fill(draft, field, value)) answers.push({ question: name, answer: value });
  }
  const [first] = consents;
  if (first) {
    draft.consent = consents.every(({ agreed }) => agreed);
    const differ = consents.some(({ agreed }) => agreed !== first.agreed);
    if (differ) answers.push(...consents.map(({ question, answer }) => ({ question, answer })));
  }
  return answers.length > 0 ? { ...draft, answers } : draft;
}

type Draft = { -readonly [Name in keyof LeadDraft]: LeadDraft[Name] };

/** Puts a value into a draft, if the draft then tells it. */
function fill(draft: Draft, field: DraftField | 'answer', value: string): boolean {
  switch (field) {
    case 'answer':
    case 'consent':
      return false;
    case 'test': {
      const test = readYesNo(value);
      if (test) draft.test = true;
      return test !== undefined;
    }
    case 'commentaire':
      draft.commentaire = draft.commentaire ? `${draft.commentaire}\n\n${value}` : value;
      return true;
    case 'createdAt': {
      const date = readCreationDate(value);
      if (date === undefined) return false;
      draft.createdAt ??= date;
      return draft.createdAt === date;
    }
    default:
      draft[field] ??= value;
      return trimText(draft[field]) === trimText(value);
  }
}
