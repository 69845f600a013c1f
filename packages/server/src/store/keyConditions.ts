import { type RawBuilder, sql } from 'kysely';

/** Whether an api_key, called `key`, was not revoked and has not expired. */
export const isValid: RawBuilder<boolean> = sql`(
  key.revoked_at is null and (key.expires_at is null or key.expires_at > now()))`;

/** Whether an api_key, called `key`, sees a region. */
export const seesRegion = (region: RawBuilder<unknown>): RawBuilder<boolean> => sql`(
  key.all_regions or exists (
    select from key_region seen where seen.id_key = key.id and seen.id_region = ${region}))`;

/** Whether a key pulls from a statut, or did before it was revoked. */
export const isReady = (statut: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`${statut} = any(array(select key.id_statut_ready from api_key key))`;
