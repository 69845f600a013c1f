import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { ApiKey } from '../keys/authorise.ts';
import { assertProgrammes, narrowRegions, type Scope } from '../keys/scope.ts';
import { findProgrammes } from '../store/programmes.ts';

/** The scope of a request: what the key is mapped to, narrowed by the filters it gives. */
export async function requestScope(
  db: Kysely<Crm>,
  key: ApiKey,
  asked: {
    regionIds?: readonly number[] | undefined;
    programmeIds?: readonly number[] | undefined;
  },
): Promise<Scope> {
  const regions = narrowRegions(key.regions, asked.regionIds);
  if (!asked.programmeIds) return { regions, programmes: undefined };
  const programmes = await findProgrammes(db, asked.programmeIds, regions);
  assertProgrammes(asked.programmeIds, programmes);
  return { regions, programmes };
}
