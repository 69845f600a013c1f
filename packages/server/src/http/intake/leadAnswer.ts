import { intakeReasons, type LeadAnswer } from '@relais/contract';
import type { Admission } from '../../intake/settle.ts';

/** What the sender of a lead is told: what has become of it, as the contract has it. */
export function presentAdmission(admission: Admission): LeadAnswer {
  const { outcome, action_id, prospect_id, matched_on, reasons } = admission;
  return {
    // That an operator has looked at it and put it away is the agency's own matter.
    outcome: outcome === 'discarded' ? 'quarantined' : outcome,
    action_id,
    prospect_id,
    matched_on: [...matched_on],
    reasons: reasons.map(({ code, suggestion }) => ({
      code,
      meaning: intakeReasons[code].meaning,
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
  };
}
