import type { OperatorHandler } from '../operatorCall.ts';
import { openInvitation } from '../staff/openInvitation.ts';

export const readInvitation: OperatorHandler<'readInvitation'> = async (call, { token }) => {
  const { email, nom, role, resets_two_factor, expires_at } = await openInvitation(call, token);
  return { email, nom, role, resets_two_factor, expires_at };
};
