import { invalidParameter } from '../refusal.ts';
import type { KeyScope } from '../store/keys.ts';
import type { Whole } from './whole.ts';

/** What a request says of a key's scope; what it leaves out is left out. */
export interface AskedScope {
  readonly regionIds?: readonly number[] | null | undefined;
  readonly readyStatutId?: number | undefined;
  readonly pulledStatutId?: number | undefined;
  readonly operations?: readonly string[] | null | undefined;
  readonly ipRanges?: readonly string[] | null | undefined;
  readonly expiresAt?: string | null | undefined;
}

/**
 * The same in the words of the database, whole where the request is. A key that would end in the
 * past is refused.
 */
export function keyScope(asked: Whole<AskedScope>): KeyScope;
export function keyScope(asked: AskedScope): Partial<KeyScope>;
export function keyScope(asked: AskedScope): Partial<KeyScope> {
  if (typeof asked.expiresAt === 'string') assertAhead(asked.expiresAt);
  return inWords(asked);
}

/** What a request says that a key's scope was as it was shown. */
export const shownScope = (shown: AskedScope | undefined): Partial<KeyScope> | undefined =>
  shown && inWords(shown);

function inWords(asked: AskedScope): Partial<KeyScope> {
  const { regionIds, readyStatutId, pulledStatutId, operations, ipRanges, expiresAt } = asked;
  return {
    ...(regionIds !== undefined && { regions: regionIds }),
    ...(readyStatutId !== undefined && { id_statut_ready: readyStatutId }),
    ...(pulledStatutId !== undefined && { id_statut_pulled: pulledStatutId }),
    ...(operations !== undefined && { operations }),
    ...(ipRanges !== undefined && { ip_ranges: ipRanges }),
    ...(expiresAt !== undefined && { expires_at: expiresAt === null ? null : new Date(expiresAt) }),
  };
}

function assertAhead(time: string): void {
  if (new Date(time).getTime() > Date.now()) return;
  throw invalidParameter('expiresAt', 'must lie in the future');
}
