import { z } from 'zod';
import { type IntakeReason, intakeReasons } from '../intake/reasons.ts';

const codes = Object.keys(intakeReasons) as [IntakeReason, ...IntakeReason[]];

/** The code of a reason. */
export const reasonCode = z.enum(codes, `must hold codes among ${codes.join(', ')}`);

/** Why a lead waits, or what was noticed of it. */
export const leadReason = z
  .object({
    code: reasonCode.describe('For programs.'),
    effect: z
      .enum(['quarantine', 'review', 'note'])
      .describe('quarantine: keeps it out; review: asks for a look; note: only told.'),
    meaning: z.string().describe('What it means.'),
    remedy: z.string().describe('What an operator does about it.'),
  })
  .meta({ id: 'LeadReason' });

/** The same with what the routine suggests, which may quote what the person typed. */
export const suggestedReason = leadReason
  .extend({ suggestion: z.string().nullable().describe('What an operator may try.') })
  .meta({ id: 'SuggestedReason' });

/** What has become of a lead. */
export const leadOutcome = z
  .enum(['accepted', 'merged', 'quarantined', 'discarded', 'undone'])
  .describe(
    'accepted: an action of its own; merged: added to an open one; quarantined: it waits; discarded: put away by an operator; undone: taken back with its import.',
  );

const { effect, meaning, remedy } = intakeReasons.unknown_programme;

export const exampleReason: z.infer<typeof suggestedReason> = {
  code: 'unknown_programme',
  effect,
  meaning,
  remedy,
  suggestion: "Peut-être « Les Jardins de l'Aube » (145)",
};
