import type { IntakeReason } from '@relais/contract';

/**
 * Why a lead waits in quarantine, or what was noticed of one that was let in. The suggestion is a
 * sentence for the operator and may quote what the person typed, so it never goes into a log.
 */
export interface Reason {
  readonly code: IntakeReason;
  readonly suggestion?: string;
}
