import type { StaffMember } from '@relais/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import { sha256 } from '../../keys/encoding.ts';
import { Refusal } from '../../refusal.ts';
import { useSession } from '../../store/sessions.ts';

/** Behind TLS the browser is told to keep the cookie to this host and to secure requests. */
const isSecure = (config: Config, protocol: string): boolean =>
  config.publicUrl?.startsWith('https:') ?? protocol === 'https';
const nameOf = (secure: boolean): string => (secure ? '__Host-relais_session' : 'relais_session');

const attributes = (secure: boolean, seconds: number): string =>
  `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

/** Gives a browser its session, in a cookie that no script can read and no other site can send. */
export function startCookie(
  config: Config,
  reply: FastifyReply,
  token: string,
  seconds: number,
): void {
  const secure = isSecure(config, reply.request.protocol);
  reply.header('Set-Cookie', `${nameOf(secure)}=${token}; ${attributes(secure, seconds)}`);
}

export function endCookie(config: Config, reply: FastifyReply): void {
  startCookie(config, reply, '', 0);
}

/** The SHA-256 of the session token that a request brings, if it brings one. */
export function presentedSession(config: Config, request: FastifyRequest): Buffer | undefined {
  const name = nameOf(isSecure(config, request.protocol));
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 1 || pair.slice(0, at).trim() !== name) continue;
    const token = pair.slice(at + 1).trim();
    return token ? sha256(token) : undefined;
  }
  return undefined;
}

/** Who is signed in; refuses a session that is missing or has ended. */
export async function sessionOf(
  { databases }: Context,
  session: Buffer | undefined,
): Promise<{ staff: StaffMember; session: Buffer }> {
  const staff = session && (await useSession(databases.catalog, session));
  if (!session || !staff) throw new Refusal('not_signed_in', 'You are not signed in.');
  return { staff, session };
}
