import type { CrmDatabase } from '../installation/databases.ts';
import type { Releaser } from '../intake/admit.ts';
import { fold } from '../intake/fields.ts';
import { type Correction, release } from '../intake/quarantine.ts';
import { noSuch, Refusal } from '../refusal.ts';
import { programmeExists } from '../store/programmes.ts';
import { findSourceOfLead } from '../store/sources.ts';
import { presentSuggestion } from './presentLead.ts';

/** What an operator puts right of leads; undefined: left as it is. */
export interface AskedCorrection {
  readonly programmeId?: number | undefined;
  readonly telephone?: string | undefined;
  readonly email?: string | undefined;
  readonly nom?: string | undefined;
  readonly prenom?: string | undefined;
  readonly consent?: boolean | undefined;
}

/** The same as the intake takes it. A programme that is not there is refused. */
export async function correctionOf(
  { db }: CrmDatabase,
  { programmeId, ...own }: AskedCorrection,
): Promise<Correction> {
  if (programmeId !== undefined && !(await programmeExists(db, programmeId))) {
    throw noSuch('programme', programmeId);
  }
  const given = Object.entries({ ...own, programme: programmeId?.toString() });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Lets a lead in, or says why it stays; undefined when no lead of this id waits. */
export async function releaseOne(
  database: CrmDatabase,
  id: number,
  correction: Correction,
  releaser: Releaser,
) {
  await assertMeant(database, id, correction);
  const admission = await release(database, id, correction, releaser);
  if (!admission) return undefined;
  const { outcome, action_id, prospect_id, matched_on, reasons } = admission;
  if (outcome === 'discarded') throw new Error('a lead that waits is not discarded by a release');
  return {
    id,
    outcome,
    action_id,
    prospect_id,
    matched_on: [...matched_on],
    reasons: reasons.map(presentSuggestion),
  };
}

/**
 * The intake reads a programme's id as it reads any text of a lead: where the source maps that very
 * text to another programme, the lead would go there.
 */
async function assertMeant(
  { db }: CrmDatabase,
  lead: number,
  { programme }: Correction,
): Promise<void> {
  if (programme === undefined) return;
  const source = await findSourceOfLead(db, lead);
  const mapped = source?.programmes[fold(programme)];
  if (mapped === undefined || mapped === Number(programme)) return;
  throw new Refusal(
    'record_in_use',
    `At the source "${source?.nom}" the text "${programme}" names the programme ${mapped}: map the lead's own text instead.`,
  );
}
