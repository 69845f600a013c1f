import { invalidParameter } from '../../refusal.ts';
import { assertNotBreached } from '../../staff/breached.ts';
import { assertNotGuessable, hashPassword } from '../../staff/password.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { acceptAs } from '../staff/acceptAs.ts';
import { openInvitation } from '../staff/openInvitation.ts';

export const acceptInvitation: OperatorHandler<'acceptInvitation'> = async (call, given) => {
  const invitation = await openInvitation(call, given.token);
  if (invitation.email !== null && given.email !== undefined) {
    throw invalidParameter('email', 'is known already: leave it out');
  }
  const email = invitation.email ?? given.email;
  const nom = given.nom ?? invitation.nom;
  // The first admin's link is nobody's yet.
  if (email === undefined) throw invalidParameter('email', 'is missing');
  if (nom === null) throw invalidParameter('nom', 'is missing');
  assertNotGuessable('password', given.password, { email, nom });
  await assertNotBreached(call.context, 'password', given.password);

  const hash = await hashPassword(given.password);
  const session = await acceptAs(call, invitation, { email, nom, hash });
  call.startSession(session.token, session.seconds);
  return { second_factor: !session.complete };
};
