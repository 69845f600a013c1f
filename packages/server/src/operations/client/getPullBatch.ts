import { findPull } from '../../store/pulls.ts';
import type { Handler } from '../operation.ts';
import { pullNotFound } from '../pullNotFound.ts';
import { repeatPull } from '../repeatPull.ts';

export const getPullBatch: Handler<'getPullBatch'> = async ({ database, key }, { pullId }) => {
  const pull = await findPull(database.db, key.id_client, pullId);
  if (!pull) throw pullNotFound();
  return repeatPull(database.db, key, pull);
};
