import { sha256 } from '../../keys/encoding.ts';
import { Refusal } from '../../refusal.ts';
import { findInvitation, type Invitation } from '../../store/invitations.ts';
import type { PublicCall } from '../operatorCall.ts';

export const linkIsOver = (): Refusal =>
  new Refusal(
    'record_not_found',
    'This link was used, has expired or was replaced: ask an admin for a new one.',
  );

/** The open link of a token, with the token's hash. Refuses any other, which counts as a guess. */
export async function openInvitation(
  call: PublicCall,
  token: string,
): Promise<Invitation & { hash: Buffer }> {
  const right = await call.guess('link', '');
  const hash = sha256(token);
  const found = await findInvitation(call.context.databases.catalog, hash);
  if (!found) throw linkIsOver();
  await right();
  return { ...found, hash };
}
