import { fewMarks } from '@relais/contract';
import type { CampaignField, PersonField } from './leadDraft.ts';

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
    mobile portable gsm cell cellphone telmobile telportable telephonemobile
    telephoneportable numerodemobile numerodeportable ndeportable nodeportable ndemobile nodemobile
    nportable nmobile numeroportable numeromobile ntelportable ntelmobile
    mobilephone mobilenumber mobilephonenumber telfixe telephonefixe fixe landline homephone
    telephonedomicile teldomicile telpro telprofessionnel workphone workphonenumber whatsapp whatsappnumber
    telephonesecondaire autretelephone autretel`,
  email: `email emailaddress mail mailaddress courriel courrielelectronique courrierelectronique
    adressemail adresseemail adressecourriel adresseelectronique adressedemessagerie mel
    workemail workemailaddress emailprofessionnel emailpro mailpro emailperso
    emailpersonnel mailperso autreemail autremail`,
  adresse: `adresse address adressepostale streetaddress street rue adresse1 address1 addressline1
    adresseligne1 postaladdress mailingaddress numeroetrue`,
  code_postal: 'codepostal cp zip zipcode postcode postalcode zippostalcode postal codepostale',
  ville: 'ville city town commune localite villederesidence',
  pays: 'pays country countrycode codepays paysderesidence countryname',
  programme: `programme program programmeimmobilier residence nomduprogramme nomprogramme
    programmenom programmename programname nomdelaresidence nomresidence residencename idprogramme
    programmeid programid codeprogramme programmecode referenceprogramme refprogramme
    referenceduprogramme programmereference programmes residences nomduprogrammeimmobilier
    programmesouhaite programmesouhaites programmeimmobiliersouhaite residencesouhaitee
    programmeinteresse programmedinteret residencedinteret programmeconcerne residenceconcernee
    programmechoisi residencechoisie choixduprogramme choixprogramme programmedemande
    programmeneuf programmevise programmevisite`,
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

/** How what is asked for more than once is numbered, and fields of Contact Form 7 are: `tel-451`. */
const NUMBER = /\d+$/;
const numbered: ReadonlySet<DraftField> = new Set(['telephone', 'email']);

/** The field that a name stands for, however it is written; undefined when it is none. */
export function fieldOf(name: string): DraftField | undefined {
  if (name.length > 100) return undefined;
  const folded = fold(name);
  const field = fields.get(folded);
  if (field) return field;
  const bare = folded.replace(PREFIX, '');
  const own = fields.get(bare);
  if (own && prefixed.has(own)) return own;
  const first = fields.get(bare.replace(NUMBER, ''));
  return first && numbered.has(first) ? first : undefined;
}
