import { type Operation, overHandler } from './handlers.ts';
import { measure, type Rounds, type Variant } from './measure.ts';
import type { DepthRow } from './report.ts';
import { EVERYWHERE, FRONT } from './seed.ts';
import type { Site } from './setup.ts';

const CALLS: readonly [Operation, number][] = [
  ['readContacts', 200],
  ['pullContacts', 200],
  ['pullContacts', 20],
];

/** Contacts that a round may pull: the shortest queue must not run dry. */
const MOST_PULLED = 4_000;

/**
 * What a long queue costs: the same calls before a short and a long one, without HTTP, which would
 * only hide the difference.
 */
export async function compareDepths(near: Site, far: Site, rounds: Rounds): Promise<DepthRow[]> {
  const before = async () => {
    await near.vacuum();
    await far.vacuum();
  };
  const rows: DepthRow[] = [];
  for (const key of ['behind', 'all'] as const) {
    for (const [operation, limit] of CALLS) {
      const variant = async (site: Site): Promise<Variant> => ({
        workers: [await overHandler(site.database, site.keys[key].id, operation, limit)],
        contacts: limit,
        ...(operation === 'pullContacts' && {
          most: MOST_PULLED / limit,
          restore: () => site.restore(site === near && key === 'all' ? EVERYWHERE : FRONT),
        }),
      });
      const variants = { near: await variant(near), far: await variant(far) };
      rows.push({
        what: `${operation} ${limit}, ${key === 'all' ? 'all' : '2 of 100'} regions`,
        ...(await measure(variants, { ...rounds, before })),
      });
    }
  }
  return rows;
}
