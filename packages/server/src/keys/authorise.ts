import { Refusal } from '../refusal.ts';
import type { Environment } from './key.ts';
import { within } from './range.ts';

/** A key as the CRM database knows it, and what it is mapped to. */
export interface ApiKey {
  readonly id: string;
  readonly id_client: number;
  readonly environment: Environment;
  readonly secret_hash: Buffer;
  readonly id_statut_ready: number;
  readonly id_statut_pulled: number;
  /** Every region that the key may see, also when it may see all of them. */
  readonly regions: readonly number[];
  /** null: every operation. */
  readonly operations: readonly string[] | null;
  /** In CIDR notation; null: any address. */
  readonly ip_ranges: readonly string[] | null;
  readonly revoked: boolean;
  readonly expired: boolean;
}

/** Refuses a key that is no longer valid. Its caller has shown the secret. */
export function assertValid(key: ApiKey): void {
  if (key.revoked) {
    throw new Refusal('api_key_revoked', 'This API Key was revoked. Ask the agency for a new one.');
  }
  if (key.expired) {
    throw new Refusal('api_key_expired', 'This API Key has expired. Ask the agency for a new one.');
  }
}

/** Refuses an operation or an address that the key is not mapped to. */
export function assertAllowed(key: ApiKey, operation: string, address: string): void {
  if (key.operations && !key.operations.includes(operation)) {
    throw new Refusal('operation_not_allowed', `This API Key may not use "${operation}".`);
  }
  if (key.ip_ranges && !within(key.ip_ranges)(address)) {
    throw new Refusal('address_not_allowed', 'This API Key may not be used from this address.');
  }
}
