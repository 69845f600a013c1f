import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';

/** Keeps a new secret of a person who has no second factor; it counts once it was confirmed. */
export async function keepTotpSecret(
  trx: Transaction<Catalog>,
  staff: number,
  sealed: Buffer,
): Promise<void> {
  await sql`
    update staff set totp_secret = ${sealed}, totp_last_step = null
    where staff.id = ${staff} and staff.totp_confirmed_at is null`.execute(trx);
}

/** Turns the kept secret on, with the recovery codes that go with it. */
export async function confirmTotp(
  trx: Transaction<Catalog>,
  staff: number,
  step: number,
  recoveryHashes: readonly Buffer[],
): Promise<void> {
  await sql`
    update staff set totp_confirmed_at = clock_timestamp(), totp_last_step = ${step}
    where staff.id = ${staff}`.execute(trx);
  await trx
    .insertInto('staff_recovery_code')
    .values(recoveryHashes.map((code_hash) => ({ id_staff: staff, code_hash })))
    .execute();
}

/** Takes the second factor off a person, with its recovery codes. */
export async function clearTotp(trx: Transaction<Catalog>, staff: number): Promise<void> {
  await sql`
    update staff set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
    where staff.id = ${staff}`.execute(trx);
  await trx
    .deleteFrom('staff_recovery_code')
    .where('staff_recovery_code.id_staff', '=', staff)
    .execute();
}

/** Uses up the codes of a time step and of those before it; false when they were used already. */
export async function takeStep(
  trx: Transaction<Catalog>,
  staff: number,
  step: number,
): Promise<boolean> {
  const done = await sql`
    update staff set totp_last_step = ${step}
    where staff.id = ${staff}
      and (staff.totp_last_step is null or staff.totp_last_step < ${step})`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Uses up a recovery code; false when the person has none like it. */
export async function takeRecoveryCode(
  trx: Transaction<Catalog>,
  staff: number,
  hash: Buffer,
): Promise<boolean> {
  const done = await trx
    .deleteFrom('staff_recovery_code')
    .where('staff_recovery_code.id_staff', '=', staff)
    .where('staff_recovery_code.code_hash', '=', hash)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export async function countRecoveryCodes(catalog: Kysely<Catalog>, staff: number): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from staff_recovery_code own
    where own.id_staff = ${staff}`.execute(catalog);
  return found.rows[0]?.count ?? 0;
}
