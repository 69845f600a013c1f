import { namesOf } from '../store/names.ts';
import type { PullRow } from '../store/pullList.ts';
import type { DatabaseCall } from './operatorCall.ts';

/** Pulls as the console shows them, with the names of those who released them. */
export async function presentPulls({ context, database }: DatabaseCall, pulls: readonly PullRow[]) {
  const by = new Set(pulls.flatMap(({ released_by }) => released_by ?? []));
  const names = await namesOf(context.databases.catalog, database.db, by);
  return pulls.map((pull) => ({
    ...pull,
    released_by_nom: pull.released_by && (names.get(pull.released_by) ?? pull.released_by),
  }));
}
