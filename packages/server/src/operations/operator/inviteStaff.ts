import { linkUrl } from '../../staff/links.ts';
import { invite } from '../../staff/people.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const inviteStaff: OperatorHandler<'inviteStaff'> = async (call, given) => {
  const { config, databases } = call.context;
  const { id, token, expires_at } = await invite(databases.catalog, given, call.actor);
  return { id, link: linkUrl(config, call.origin, token), expires_at };
};
