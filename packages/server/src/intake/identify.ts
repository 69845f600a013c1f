import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Match } from '../store/leads.ts';
import {
  claimIdentities,
  giveIdentities,
  insertProspect,
  lockProspect,
  type Person,
  updateProspect,
} from '../store/prospects.ts';
import { fold } from './fields.ts';
import { personFields } from './leadDraft.ts';
import type { NormalisedLead } from './normalise.ts';
import type { Reason } from './reason.ts';
import { recognisedBy } from './recognisedBy.ts';

/** The person of a lead. */
export interface Identified {
  readonly prospect: number;
  readonly made: boolean;
  readonly matched_on: readonly Match[];
  readonly reasons: readonly Reason[];
  /** Identities that the person was not known by. */
  readonly identities: readonly string[];
  /** Fields of the known person that were empty, and now are not. */
  readonly filled: Readonly<Record<string, string>>;
  /** What the lead gives otherwise than the person is known: lines for the commentaire. */
  readonly differences: readonly string[];
}

/** By what the person of a lead is recognised. */
export const identitiesOfLead = ({ email, telephone }: NormalisedLead): string[] =>
  [email, telephone].filter((value) => value !== undefined);

const matchOf = (value: string): Match => (value.includes('@') ? 'email' : 'telephone');

/**
 * Finds the person of a lead by telephone or e-mail address, or makes one. Where the two belong to
 * two persons, the e-mail address decides: a telephone is shared by a household more often. What is
 * known of a person is completed and never replaced: whoever knows a telephone could otherwise
 * rewrite its owner. The prospect stays locked until the transaction ends.
 */
export async function identify(trx: Transaction<Crm>, lead: NormalisedLead): Promise<Identified> {
  const { fresh, owners } = await claimIdentities(trx, identitiesOfLead(lead));
  const known = owners.filter(({ id_prospect }) => id_prospect !== fresh);
  const claimed = owners.filter(({ id_prospect }) => id_prospect === fresh);
  const chosen = known.find(({ value }) => matchOf(value) === 'email') ?? known[0];
  const identities = claimed.map(({ value }) => value);

  if (!chosen) {
    await insertProspect(trx, fresh, lead.person);
    const none = { matched_on: [], reasons: [], filled: {}, differences: [] };
    return { prospect: fresh, made: true, identities, ...none };
  }
  const prospect = chosen.id_prospect;
  if (claimed.length) await giveIdentities(trx, fresh, prospect);
  const person = await lockProspect(trx, prospect);
  if (!person) throw new Error(`prospect ${prospect} is gone`);
  const filled = completed(personFields, person, lead.person);
  if (Object.keys(filled).length) await updateProspect(trx, prospect, filled);
  const differences = differing({ ...person, ...filled }, lead);
  const reasons: Reason[] = [];
  const other = known.find(({ id_prospect }) => id_prospect !== prospect);
  if (other) {
    const suggestion = `Comparer les prospects ${prospect} et ${other.id_prospect}`;
    reasons.push({ code: 'two_prospects', suggestion });
  }
  if (differences.length) reasons.push({ code: 'details_differ' });
  const own = known.filter(({ id_prospect }) => id_prospect === prospect);
  const matched_on = own.map(({ value }) => matchOf(value)).sort();
  return { prospect, made: false, matched_on, reasons, identities, filled, differences };
}

/** The fields that are not known yet and that a lead gives. */
export function completed<Field extends string>(
  fields: readonly Field[],
  known: Readonly<Record<Field, string | null>>,
  given: Readonly<Record<Field, string | null>>,
): Record<string, string> {
  const entries = fields.flatMap((field): [string, string][] => {
    const value = given[field];
    return known[field] === null && value !== null ? [[field, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** What a client who sees the known person alone would miss, as lines that tell it. */
const told = [
  ['prenom', 'Prénom donné cette fois'],
  ['nom', 'Nom donné cette fois'],
  ['telephone', 'Téléphone donné cette fois'],
  ['email', 'E-mail donné cette fois'],
] as const;

function differing(known: Person, { person, ...lead }: NormalisedLead): string[] {
  const identities = recognisedBy(known);
  // No sign of an address or a number is left out: it may be what tells two of them apart.
  const isKnown = (field: 'telephone' | 'email') => {
    const identity = lead[field];
    return identity === undefined ? person[field] === known[field] : identities.includes(identity);
  };
  const isNamed = (field: 'prenom' | 'nom') =>
    fold(person[field] ?? '') === fold(known[field] ?? '');
  return told.flatMap(([field, label]) => {
    const value = person[field];
    const isContact = field === 'telephone' || field === 'email';
    const same = value === null || (isContact ? isKnown(field) : isNamed(field));
    return same ? [] : [`${label} : ${value}`];
  });
}
