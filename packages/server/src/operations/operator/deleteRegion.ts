import { deleteRegion as remove } from '../../store/regions.ts';
import { deleting } from '../deleting.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const deleteRegion: OperatorHandler<'deleteRegion'> = ({ database, actor }, { id }) =>
  deleting(database.db, actor, 'region', id, (trx) => remove(trx, id));
