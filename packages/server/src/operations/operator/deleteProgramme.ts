import { deleteProgramme as remove } from '../../store/programmeChanges.ts';
import { deleting } from '../deleting.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const deleteProgramme: OperatorHandler<'deleteProgramme'> = ({ database, actor }, { id }) =>
  deleting(database.db, actor, 'programme', id, (trx) => remove(trx, id));
