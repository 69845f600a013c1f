import { noSuch } from '../../refusal.ts';
import { changePerson } from '../../staff/people.ts';
import { findStaffSummary } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const updateStaff: OperatorHandler<'updateStaff'> = async (
  { actor, context },
  { id, ...changes },
) => {
  const { catalog } = context.databases;
  await changePerson(catalog, id, changes, actor);
  const changed = await findStaffSummary(catalog, id);
  if (!changed) throw noSuch('person', id);
  return changed;
};
