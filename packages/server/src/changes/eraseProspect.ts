import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { identitiesOfLead } from '../intake/identify.ts';
import { ChangedMeanwhile, inTransaction } from '../intake/inTransaction.ts';
import type { LeadDraft } from '../intake/leadDraft.ts';
import { normalise } from '../intake/normalise.ts';
import { recognisedBy } from '../intake/recognisedBy.ts';
import { noSuch, Refusal } from '../refusal.ts';
import { writeAudit } from '../store/audit.ts';
import {
  blankPerson,
  type CorrectedLead,
  type Erased,
  findCorrected,
  findUnplaced,
  lockAllOf,
  type OfPerson,
} from '../store/erasure.ts';
import { stopJobs } from '../store/jobs.ts';
import type { Before } from '../store/leads.ts';
import { takeTurnToLoad } from '../store/load.ts';
import { allowLongWork } from '../store/longWork.ts';
import { findProspect, identitiesOf, type KnownPerson, ownersOf } from '../store/prospects.ts';

/** An erasure that somebody asks for. */
export interface Erasure {
  readonly prospect: number;
  readonly reason: string;
  /** `staff:<id>`, `command:<name>`. */
  readonly by: string;
}

/**
 * Erases a person from a CRM database: all that tells who they are is blanked, in one transaction,
 * wherever this database holds it. A tombstone stays, with who received what and when, for these
 * have to be told. Leads of the same telephone or address that waited or were put away go too, and
 * of leads that were found to be of somebody else what they said before. A repeat of a pull leaves
 * the person out from then on. Refused while a job runs, which may be reading the person into a file,
 * or bringing them in from one.
 */
export function eraseProspect(
  { db }: CrmDatabase,
  { prospect, reason, by }: Erasure,
): Promise<Erased> {
  return inTransaction(db, async (trx) => {
    await allowLongWork(trx);
    // A load that is under way has looked for erased persons before.
    await takeTurnToLoad(trx);
    const before = await findAllOf(trx, prospect);
    const job = await stopJobs(trx);
    if (job) {
      throw new Refusal(
        'record_in_use',
        `The job ${job.id} (${job.kind}) may hold this person: wait until it has ended, or cancel it.`,
      );
    }
    const actions = await lockAllOf(trx, prospect, before);
    const { person, identities, unplaced, corrected } = await findAllOf(trx, prospect);
    if (person.erased_at) {
      throw new Refusal(
        'changed_meanwhile',
        `The prospect ${prospect} was erased at ${person.erased_at.toISOString()}.`,
      );
    }
    const isLocked =
      identities.every((value) => before.identities.includes(value)) &&
      unplaced.every((lead) => before.unplaced.includes(lead)) &&
      corrected.every(({ id }) => before.corrected.some((lead) => lead.id === id));
    if (!isLocked) throw new ChangedMeanwhile('more has come in of the person');
    const found = { prospect, actions, unplaced, corrected, identities };
    const erased = await blankPerson(trx, { ...found, by });
    const { contacts, leads, items, files } = erased;
    await writeAudit(trx, {
      actor: by,
      act: 'prospect.erase',
      target: `prospect:${prospect}`,
      detail: { reason, contacts, leads, items, files },
    });
    return erased;
  });
}

/** The person as they are now, and what there is of them. */
async function findAllOf(
  db: Kysely<Crm>,
  prospect: number,
): Promise<OfPerson & { readonly person: KnownPerson }> {
  const person = await findProspect(db, prospect);
  if (!person) throw noSuch('prospect', prospect);
  const identities = await ownIdentities(db, prospect, person);
  return {
    ...{ person, identities },
    unplaced: await unplacedOf(db, identities),
    corrected: await correctedOf(db, prospect, identities),
  };
}

/** By what the person is recognised, and would be, less what is somebody else's. */
async function ownIdentities(
  db: Kysely<Crm>,
  prospect: number,
  person: KnownPerson,
): Promise<string[]> {
  const likely = recognisedBy(person);
  const others = (await ownersOf(db, likely)).filter(({ id_prospect }) => id_prospect !== prospect);
  const shared = new Set(others.map(({ value }) => value));
  const own = [...(await identitiesOf(db, prospect)), ...likely];
  return [...new Set(own)].filter((value) => !shared.has(value));
}

/** The leads of no person that these identities would have recognised. */
async function unplacedOf(db: Kysely<Crm>, identities: readonly string[]): Promise<number[]> {
  if (identities.length === 0) return [];
  const found = await findUnplaced(db, identities);
  return found.filter(({ draft }) => isOf(identities, draft)).map(({ id }) => id);
}

const isOf = (identities: readonly string[], draft: LeadDraft): boolean =>
  identitiesOfLead(normalise(draft)).some((value) => identities.includes(value));

/** The leads that these identities would have recognised before they were corrected. */
async function correctedOf(
  db: Kysely<Crm>,
  prospect: number,
  identities: readonly string[],
): Promise<CorrectedLead[]> {
  if (identities.length === 0) return [];
  const found = await findCorrected(db, prospect, identities);
  return found.flatMap(({ id, draft, effects }) => {
    const left = without(effects, (before) => isOf(identities, before), draft);
    return left === effects ? [] : [{ id, draft, effects: left }];
  });
}

/**
 * What a lead was before, less what was of the person: where an undone import would give that back,
 * it gives the draft as it is now. The same object where nothing of it was theirs.
 */
function without<Was extends Before>(
  was: Was,
  isTheirs: (draft: LeadDraft) => boolean,
  now: LeadDraft,
): Was {
  const { sent, replaced } = was;
  const dropsSent = sent !== undefined && isTheirs(sent);
  const dropsReplaced = replaced !== undefined && isTheirs(replaced.draft);
  const earlier = replaced && without(replaced, isTheirs, now);
  if (!dropsSent && !dropsReplaced && earlier === replaced) return was;
  const blank = dropsReplaced && {
    draft: now,
    // A suggestion may quote what was typed.
    reasons: replaced.reasons.map(({ code }) => ({ code })),
  };
  return {
    ...was,
    sent: dropsSent ? undefined : sent,
    replaced: earlier && { ...earlier, ...blank },
  };
}
