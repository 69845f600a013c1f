import { listSessionsOf } from '../../store/sessions.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listSessions: OperatorHandler<'listSessions'> = async ({
  context,
  staff,
  session,
}) => ({ items: await listSessionsOf(context.databases.catalog, staff.id, session) });
