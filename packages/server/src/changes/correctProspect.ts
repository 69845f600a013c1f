import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { inTransaction } from '../intake/inTransaction.ts';
import { type PersonField, personFields } from '../intake/leadDraft.ts';
import { readEmail } from '../intake/normalise/email.ts';
import { readTelephone } from '../intake/normalise/telephone.ts';
import { cleanText } from '../intake/normalise/text.ts';
import { recognisedBy } from '../intake/recognisedBy.ts';
import { invalidParameter, noSuch, Refusal } from '../refusal.ts';
import { writeAudit } from '../store/audit.ts';
import {
  claimIdentities,
  dropIdentities,
  findProspect,
  giveIdentities,
  identitiesOf,
  lockProspect,
  type Person,
  updateProspect,
} from '../store/prospects.ts';
import { unseenOf } from './seenBefore.ts';

type Fields = { readonly [Field in PersonField]?: string | null | undefined };

/** A correction of a person that an operator asks for. */
export interface PersonCorrection {
  readonly prospect: number;
  /** null empties a field; undefined leaves it. */
  readonly fields: Fields;
  /** What the operator saw in fields that change, where it was seen. */
  readonly shown?: Fields | undefined;
  readonly reason: string;
  /** `staff:<id>`. */
  readonly by: string;
}

/**
 * Corrects fields of a person, brought into the form in which leads are stored, and gives those
 * that are otherwise than before. By what the person is recognised is kept right: a new telephone
 * or e-mail address is claimed, and the one that it replaces is given up, since it was wrong.
 * Refuses what can't be read, what leads to another person, and what would replace a value that the
 * operator has not seen. Leads that are under way are waited for. Locks as intake does: the
 * identities, old and new in one order, then the person.
 */
export function correctProspect(
  { db }: CrmDatabase,
  { prospect, fields, shown, reason, by }: PersonCorrection,
): Promise<PersonField[]> {
  return inTransaction(db, async (trx) => {
    const before = await findProspect(trx, prospect);
    if (!before || before.erased_at) throw noSuch('prospect', prospect);
    const change = storable(fields, before);
    const after = { ...before, ...change };
    const changed = personFields.filter((field) => after[field] !== before[field]);
    if (changed.length === 0) return changed;
    const overwritten = unseenOf<Person>({ now: before, change, shown });
    const unseen = changed.filter((field) => overwritten.includes(field));
    if (unseen.length > 0) {
      throw new Refusal(
        'changed_meanwhile',
        `Somebody else has changed this person meanwhile (${unseen.join(', ')}): look again.`,
      );
    }

    await moveIdentities(trx, prospect, before, after);
    const locked = await lockProspect(trx, prospect);
    if (!locked) throw noSuch('prospect', prospect);
    // What a lead has filled in besides is no obstacle.
    const relied = [...changed, 'telephone', 'email', 'pays'] as const;
    if (relied.some((field) => locked[field] !== before[field])) {
      throw new Refusal(
        'changed_meanwhile',
        'A lead or somebody else changed this person at the same moment: look again.',
      );
    }
    const written = Object.fromEntries(changed.map((field) => [field, after[field]]));
    await updateProspect(trx, prospect, written);
    await writeAudit(trx, {
      actor: by,
      act: 'prospect.correct',
      target: `prospect:${prospect}`,
      detail: { reason, fields: changed },
    });
    return changed;
  });
}

/** Claims what the person is recognised by from now on, and gives up what it replaces. */
async function moveIdentities(
  trx: Transaction<Crm>,
  prospect: number,
  before: Person,
  after: Person,
): Promise<void> {
  const known = await identitiesOf(trx, prospect);
  const [was, is] = [recognisedBy(before), recognisedBy(after)];
  const gained = is.filter((value) => !was.includes(value));
  const lost = was.filter((value) => !is.includes(value) && known.includes(value));
  if (gained.length + lost.length === 0) return;
  const { fresh, owners } = await claimIdentities(trx, [...gained, ...lost]);
  const other = owners.find(
    ({ value, id_prospect }) =>
      gained.includes(value) && id_prospect !== fresh && id_prospect !== prospect,
  );
  if (other) {
    const what = other.value.includes('@') ? 'e-mail address' : 'telephone';
    throw new Refusal(
      'record_in_use',
      `This ${what} is that of the prospect ${other.id_prospect}: compare the two.`,
    );
  }
  await giveIdentities(trx, fresh, prospect);
  await dropIdentities(trx, prospect, lost);
}

/** The fields that are given, as they are stored. */
function storable(fields: Fields, before: Person): Partial<Person> {
  const clean = Object.fromEntries(
    personFields.flatMap((field): [PersonField, string | null][] => {
      const given = fields[field];
      if (given === undefined) return [];
      return [[field, given === null ? null : cleanText(given).text || null]];
    }),
  ) as Partial<Person>;
  const { telephone, email, pays = before.pays } = clean;
  if (email && 'unreadable' in readEmail(email))
    throw invalidParameter('email', 'must be an e-mail address');
  if (!telephone) return clean;
  const number = readTelephone(telephone, pays ?? undefined);
  // What stands beside a number in a lead goes into its commentaire; here there is none.
  if ('unreadable' in number || number.rest)
    throw invalidParameter('telephone', 'must be a telephone number');
  return { ...clean, telephone: number.e164 };
}
