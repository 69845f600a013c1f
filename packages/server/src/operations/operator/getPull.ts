import { noSuch } from '../../refusal.ts';
import { deliveredItems, findAnyPull } from '../../store/pullList.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentPulls } from '../presentPulls.ts';

export const getPull: OperatorHandler<'getPull'> = async (call, { pullId }) => {
  const { db } = call.database;
  const found = await findAnyPull(db, pullId);
  const [pull] = found ? await presentPulls(call, [found.pull]) : [];
  if (!found || !pull) throw noSuch('pull', pullId);
  const items = await deliveredItems(db, pullId);
  call.saw(items.filter(({ contact }) => contact !== null).map((item) => item.prospect_id));
  return { pull, releasable: found.releasable, items };
};
