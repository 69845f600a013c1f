import { createHash } from 'node:crypto';
import {
  type CampaignField,
  campaignFields,
  type LeadDraft,
  type PersonField,
  personFields,
} from './leadDraft.ts';
import { readEmail } from './normalise/email.ts';
import { completeName } from './normalise/name.ts';
import { readTelephone } from './normalise/telephone.ts';
import { cleanText, cutText } from './normalise/text.ts';
import type { Reason } from './reason.ts';
import { readCreationDate } from './values.ts';

/** A lead as it is matched and stored. Texts are clean; what is unknown is null or undefined. */
export interface NormalisedLead {
  /**
   * The telephone in E.164 and the e-mail address alone, where they can be read, otherwise as typed.
   */
  readonly person: Record<PersonField, string | null>;
  /** In E.164: by this the person is matched. */
  readonly telephone: string | undefined;
  /** In lower case, the domain in ASCII: by this the person is matched. */
  readonly email: string | undefined;
  /** What the person wrote, then as lines the answers and whatever has no field of its own. */
  readonly commentaire: string | null;
  readonly campaign: Record<CampaignField, string | null>;
  /** At most 255 characters, unique where the sender's is. */
  readonly externalId: string | undefined;
  /** The external id or the reference, as much of it as a contact holds. */
  readonly source_reference: string | null;
  readonly programme: string | undefined;
  readonly otherProgrammes: readonly string[];
  readonly hints: readonly string[];
  readonly consent: boolean | undefined;
  readonly createdAt: Date | undefined;
  readonly test: boolean;
  readonly trapped: boolean;
  /** Nothing but its id is known. */
  readonly unfetched: boolean;
  /** What an operator may want to look at. */
  readonly flags: readonly Reason[];
}

/**
 * How long a text of a contact may be, and its message with the answers. A door takes a megabyte:
 * of that length a few leads would be more than a pull of all that wait can carry. The ledger keeps
 * the draft whole.
 */
const MOST_TEXT = 1_000;
const MOST_MESSAGE = 10_000;

/**
 * Brings a draft of any channel into one form. Nothing that was typed is left out, but the end of
 * what is too long for a contact.
 */
export function normalise(draft: LeadDraft, now = new Date()): NormalisedLead {
  const flags: Reason[] = [];
  const texts = cleaner();
  const typed = readEach(personFields, (field) => texts.short(draft[field]));
  const lines = (draft.answers ?? []).map(
    ({ question, answer }) => [texts.clean(question), texts.clean(answer)] as const,
  );
  const also = (label: string, text: string | null) => lines.push([label, text]);

  const name = completeName(typed, texts.short(draft.nom_complet));
  if (name.rest) also('Nom complet', name.rest);

  const telephone =
    typed.telephone === null ? undefined : readTelephone(typed.telephone, typed.pays ?? undefined);
  if (telephone && 'e164' in telephone) {
    if (telephone.rest) also('Téléphone', typed.telephone);
    if (telephone.canvassing) flags.push({ code: 'canvassing_number' });
  } else if (telephone) {
    flags.push(reason('telephone_unreadable', telephone.suggestion));
  }
  const number = telephone && 'e164' in telephone ? telephone.e164 : undefined;

  const email = typed.email === null ? undefined : readEmail(typed.email);
  if (email && 'unreadable' in email) {
    flags.push(reason('email_unreadable', email.suggestion));
  } else if (email) {
    if (email.rest) also('E-mail', typed.email);
    if (email.suggestion) flags.push(reason('email_doubtful', email.suggestion));
  }
  const address = email && 'key' in email ? email : undefined;

  const date = texts.clean(draft.createdAt);
  const creation = date === null ? undefined : readCreationDate(date, now);
  if (creation === undefined) also('Date', date);

  const externalId = texts.clean(draft.externalId);
  const programme = texts.short(draft.programme) ?? undefined;
  const otherProgrammes = (draft.otherProgrammes ?? []).flatMap((text) => texts.short(text) ?? []);
  const hints = (draft.hints ?? []).flatMap((hint) => texts.clean(hint) ?? []);
  const campaign = readEach(campaignFields, (field) => texts.short(draft[field]));
  const commentaire = texts.cut(commentaireOf(texts.clean(draft.commentaire), lines), MOST_MESSAGE);
  const source_reference = texts.cut(externalId, MOST_TEXT) ?? texts.short(draft.reference);
  if (texts.cleaned()) flags.push({ code: 'text_cleaned' });
  if (texts.wereCut()) flags.push({ code: 'text_cut' });
  return {
    ...{ commentaire, campaign, programme, otherProgrammes, hints, source_reference, flags },
    person: {
      ...typed,
      ...name.parts,
      telephone: number ?? typed.telephone,
      email: address?.address ?? typed.email,
    },
    telephone: number,
    email: address?.key,
    externalId: externalId === null ? undefined : shortId(externalId),
    consent: draft.consent,
    createdAt: creation === undefined ? undefined : new Date(creation),
    test: draft.test === true,
    trapped: draft.trapped === true,
    unfetched: draft.unfetched === true,
  };
}

/** Cleans and cuts texts, and remembers whether that changed one of them. */
function cleaner() {
  let anyCleaned = false;
  let anyCut = false;
  const clean = (text: string | undefined): string | null => {
    if (text === undefined) return null;
    const { text: clean, cleaned } = cleanText(text);
    anyCleaned ||= cleaned;
    return clean === '' ? null : clean;
  };
  const cut = (text: string | null, most: number): string | null => {
    if (text === null || text.length <= most) return text;
    anyCut = true;
    return cutText(text, most);
  };
  return {
    clean,
    cut,
    short: (text: string | undefined) => cut(clean(text), MOST_TEXT),
    cleaned: () => anyCleaned,
    wereCut: () => anyCut,
  };
}

const readEach = <Name extends string>(
  names: readonly Name[],
  read: (name: Name) => string | null,
): Record<Name, string | null> =>
  Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string | null>;

const reason = (code: Reason['code'], suggestion: string | undefined): Reason => ({
  code,
  ...(suggestion && { suggestion }),
});

function commentaireOf(
  message: string | null,
  lines: readonly (readonly [label: string | null, text: string | null])[],
): string | null {
  const told = lines
    .filter(([, text]) => text !== null)
    .map(([label, text]) => (label === null ? text : `${label} : ${text}`))
    .join('\n');
  return [message, told].filter(Boolean).join('\n\n') || null;
}

const MOST_ID_CHARACTERS = 255;
const KEPT_ID_CHARACTERS = 190;

/** A long id ends in its SHA-256, so that it stays unique. Characters are Unicode's. */
function shortId(id: string): string {
  const characters = Array.from(id);
  if (characters.length <= MOST_ID_CHARACTERS) return id;
  const hash = createHash('sha256').update(id).digest('hex');
  return `${characters.slice(0, KEPT_ID_CHARACTERS).join('')}…${hash}`;
}
