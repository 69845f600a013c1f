import type { StaffMember } from '@relais/contract';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';

/** A session ends when nobody used it for so long; `expires_at` is its end whatever happens. */
const alive = sql`
  session.expires_at > clock_timestamp()
  and session.last_seen_at > clock_timestamp() - interval '12 hours'`;

/** What every answer shows of the person of a session. */
const member = sql`
  staff.id, staff.email, staff.nom, staff.role,
  staff.totp_confirmed_at is not null as two_factor`;

/**
 * Who is signed in with this token: undefined when the session is unknown, has ended, still wants
 * the second factor, or is of somebody disabled. Read anew for each request, so that an end, a
 * change of role or a disabling hold at once, on every process. That it was used is written once
 * a minute at the most.
 */
export async function useSession(
  catalog: Kysely<Catalog>,
  tokenHash: Buffer,
): Promise<StaffMember | undefined> {
  const found = await sql<StaffMember & { stale: boolean }>`
    select ${member}, session.last_seen_at < clock_timestamp() - interval '1 minute' as stale
    from staff_session session join staff on staff.id = session.id_staff
    where session.token_hash = ${tokenHash} and session.complete and ${alive}
      and staff.disabled_at is null`.execute(catalog);
  const [row] = found.rows;
  if (!row) return undefined;
  const { stale, ...staff } = row;
  if (stale) {
    await sql`
      update staff_session session set last_seen_at = clock_timestamp()
      where session.token_hash = ${tokenHash}
        and session.last_seen_at < clock_timestamp() - interval '1 minute'`.execute(catalog);
  }
  return staff;
}

/** A session between password and second factor, and whose it is; undefined when it has ended. */
export async function findPendingSession(
  catalog: Kysely<Catalog>,
  tokenHash: Buffer,
): Promise<{ id: number; id_staff: number } | undefined> {
  const found = await sql<{ id: number; id_staff: number }>`
    select session.id, session.id_staff
    from staff_session session join staff on staff.id = session.id_staff
    where session.token_hash = ${tokenHash} and not session.complete and ${alive}
      and staff.disabled_at is null`.execute(catalog);
  return found.rows[0];
}

export interface NewSession {
  readonly id_staff: number;
  readonly token_hash: Buffer;
  readonly complete: boolean;
  /** After which it ends, used or not. */
  readonly seconds: number;
  readonly address: string | null;
  readonly user_agent: string;
}

/** Starts a session and gives its id; the person's sessions that have ended are cleared away. */
export async function insertSession(
  trx: Transaction<Catalog>,
  { id_staff, token_hash, complete, seconds, address, user_agent }: NewSession,
): Promise<number> {
  await sql`
    delete from staff_session session
    where session.id_staff = ${id_staff} and not (${alive})`.execute(trx);
  const made = await sql<{ id: number }>`
    insert into staff_session (id_staff, token_hash, complete, expires_at, address, user_agent)
    values (${id_staff}, ${token_hash}, ${complete},
      clock_timestamp() + make_interval(secs => ${seconds}), ${address}, ${user_agent})
    returning staff_session.id`.execute(trx);
  const [row] = made.rows;
  if (!row) throw new Error('the session was not stored');
  return row.id;
}

/**
 * Makes a pending session whole, under another token: whoever saw the first one has nothing. False
 * when it has ended or was made whole meanwhile.
 */
export async function completeSession(
  trx: Transaction<Catalog>,
  id: number,
  tokenHash: Buffer,
  seconds: number,
): Promise<boolean> {
  const done = await sql`
    update staff_session session set complete = true, token_hash = ${tokenHash},
      created_at = clock_timestamp(), last_seen_at = clock_timestamp(),
      expires_at = clock_timestamp() + make_interval(secs => ${seconds})
    where session.id = ${id} and not session.complete and ${alive}`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Ends the session of this token, whatever its state. */
export async function endSessionOf(catalog: Kysely<Catalog>, tokenHash: Buffer): Promise<void> {
  await sql`delete from staff_session session where session.token_hash = ${tokenHash}`.execute(
    catalog,
  );
}

/** Ends a session of this person; false when there is none with this id. */
export async function endSessionById(
  trx: Transaction<Catalog>,
  staff: number,
  id: number,
): Promise<boolean> {
  const done = await sql`
    delete from staff_session session
    where session.id = ${id} and session.id_staff = ${staff}`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Ends the sessions of a person, but for that of one token; gives how many. */
export async function endSessionsOf(
  trx: Transaction<Catalog>,
  staff: number,
  keep: Buffer | null,
): Promise<number> {
  const done = await sql`
    delete from staff_session session
    where session.id_staff = ${staff}
      and (${keep}::bytea is null or session.token_hash <> ${keep})`.execute(trx);
  return Number(done.numAffectedRows ?? 0);
}

export interface SessionSummary {
  readonly id: number;
  /** The one of the token that was given. */
  readonly current: boolean;
  readonly created_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
  readonly address: string | null;
  readonly user_agent: string | null;
}

/** The sessions of a person that are open, last used first. */
export async function listSessionsOf(
  catalog: Kysely<Catalog>,
  staff: number,
  tokenHash: Buffer,
): Promise<SessionSummary[]> {
  const found = await sql<SessionSummary>`
    select session.id, session.token_hash = ${tokenHash} as current, session.created_at,
      session.last_seen_at, session.expires_at, host(session.address) as address,
      session.user_agent
    from staff_session session
    where session.id_staff = ${staff} and session.complete and ${alive}
    order by session.last_seen_at desc, session.id desc`.execute(catalog);
  return found.rows;
}
