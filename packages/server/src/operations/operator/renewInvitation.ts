import { linkUrl } from '../../staff/links.ts';
import { renewLink } from '../../staff/people.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const renewInvitation: OperatorHandler<'renewInvitation'> = async (
  { actor, context, origin },
  { id, resetTwoFactor },
) => {
  const { config, databases } = context;
  const { token, expires_at } = await renewLink(databases.catalog, id, resetTwoFactor, actor);
  return { link: linkUrl(config, origin, token), expires_at };
};
