import { isIP } from 'node:net';
import type { Transaction } from 'kysely';
import type { DB as Catalog } from '../../db/catalog.generated.ts';
import { issueStaffToken } from '../../keys/staffToken.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { endSessionOf, insertSession } from '../../store/sessions.ts';
import type { PublicCall } from '../operatorCall.ts';

/** How long a session lasts at the most. */
export const SESSION_SECONDS = 7 * 24 * 3600;
/** How long the second factor is waited for. */
const PENDING_SECONDS = 10 * 60;

/** A session that the browser is told of once the transaction has committed. */
export interface StartedSession {
  readonly token: string;
  readonly seconds: number;
  /** False while the second factor is wanted. */
  readonly complete: boolean;
}

/**
 * Starts a session of a person, who is locked by this transaction. It takes the place of whatever
 * session the browser had, so nobody can slip one of their own under another's sign-in.
 */
export async function startSession(
  trx: Transaction<Catalog>,
  call: Pick<PublicCall, 'address' | 'userAgent' | 'presented'>,
  person: { id: number; two_factor: boolean },
  by: 'password' | 'link',
): Promise<StartedSession> {
  if (call.presented) await endSessionOf(trx, call.presented);
  const { text, hash } = issueStaffToken();
  const complete = !person.two_factor;
  const seconds = complete ? SESSION_SECONDS : PENDING_SECONDS;
  const session = await insertSession(trx, {
    id_staff: person.id,
    token_hash: hash,
    complete,
    seconds,
    // What a proxy says may be no address at all.
    address: isIP(call.address) ? call.address : null,
    user_agent: call.userAgent,
  });
  if (complete) await noteSignIn(trx, person.id, { session, by, address: call.address });
  return { token: text, seconds, complete };
}

/** Writes that somebody has signed in. */
export const noteSignIn = (
  trx: Transaction<Catalog>,
  staff: number,
  detail: { session: number; by: string; address: string },
): Promise<void> =>
  writeCatalogAudit(trx, {
    actor: `staff:${staff}`,
    act: 'session.start',
    target: `staff:${staff}`,
    detail,
  });
