import type { StaffMember } from '@relais/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { Refusal } from '../../refusal.ts';
import type { Limits } from '../limits.ts';
import { note } from '../requestLog.ts';
import { presentedSession, sessionOf } from './session.ts';

/** Who sends a request of the console. */
export interface SignedIn {
  readonly staff: StaffMember;
  /** The SHA-256 of the session's token. */
  readonly session: Buffer;
  /** For the audit: `staff:<id>`. */
  readonly actor: string;
}

/** Who is signed in, the request counted; refuses anybody else, and one request too many. */
export async function signedIn(
  context: Context,
  limits: Limits,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedIn> {
  const { staff, session } = await sessionOf(context, presentedSession(context.config, request));
  note(request, { staff: staff.id });
  const allowance = await limits.countStaff(staff.id);
  reply.headers(allowance.headers);
  if (allowance.retryAfter !== undefined) {
    throw new Refusal('rate_limited', 'Too many requests.', allowance.retryAfter);
  }
  return { staff, session, actor: `staff:${staff.id}` };
}

/** Refuses who has no second factor where this installation requires one. */
export function assertTwoFactor({ config }: Context, staff: StaffMember): void {
  if (config.twoFactorRequired && !staff.two_factor) {
    throw new Refusal('two_factor_required', 'Turn your second factor on first.');
  }
}
