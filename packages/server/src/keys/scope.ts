import { Refusal } from '../refusal.ts';

/** What one request may see: the regions of the key, or those of them that it asked for. */
export interface Scope {
  readonly regions: readonly number[];
  /** Only these programmes, within the regions; undefined: all of them. */
  readonly programmes: readonly number[] | undefined;
}

/** Narrows the regions of a key to those asked for; one that the key does not have is refused. */
export function narrowRegions(
  regions: readonly number[],
  asked: readonly number[] | undefined,
): readonly number[] {
  if (!asked) return regions;
  const own = new Set(regions);
  for (const id of asked) {
    if (!own.has(id)) {
      throw new Refusal('region_not_allowed', `This API Key has no region ${id} ("regionIds").`);
    }
  }
  return [...new Set(asked)];
}

/** Refuses programmes that do not lie in the scope; whether they exist elsewhere is not told. */
export function assertProgrammes(asked: readonly number[], found: readonly number[]): void {
  const own = new Set(found);
  for (const id of asked) {
    if (!own.has(id)) {
      throw new Refusal(
        'programme_not_allowed',
        `This API Key has no programme ${id} in the regions asked for ("programmeIds").`,
      );
    }
  }
}
