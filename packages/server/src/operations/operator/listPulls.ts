import { invalidParameter } from '../../refusal.ts';
import { countPulls, listPulls as listRows } from '../../store/pullList.ts';
import { counted } from '../counted.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentPulls } from '../presentPulls.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A page goes on after the pull that its cursor names: the last one of the page before. */
export const listPulls: OperatorHandler<'listPulls'> = async (
  call,
  { clientIds, keyIds, limit, cursor, ...rest },
) => {
  const { db } = call.database;
  if (cursor !== undefined && !UUID.test(cursor)) {
    throw invalidParameter('cursor', 'must be the "next" of an earlier answer of this operation');
  }
  const filter = { ...rest, clients: clientIds, keys: keyIds };
  const rows = await listRows(db, filter, limit + 1, cursor);
  const { count: total, more } = counted(await countPulls(db, filter));
  const shown = rows.slice(0, limit);
  return {
    items: await presentPulls(call, shown),
    next: rows.length > limit ? (shown.at(-1)?.pull_id ?? null) : null,
    total,
    more,
  };
};
