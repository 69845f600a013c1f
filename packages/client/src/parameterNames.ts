import type { PulledParameters, ReadParameters } from './types.ts';

type ParameterName = keyof (ReadParameters & PulledParameters) | 'reason';

const known: Readonly<Record<ParameterName, true>> = {
  regionIds: true,
  programmeIds: true,
  limit: true,
  cursor: true,
  since: true,
  pullId: true,
  reason: true,
  scenario: true,
};

/**
 * Refuses a parameter that no operation has with a TypeError: the server passes over it, so that
 * `region` for `regionIds` would pull all regions.
 */
export function assertKnown(operation: string, parameters: object): void {
  const name = Object.keys(parameters).find((given) => !Object.hasOwn(known, given));
  if (name !== undefined) throw new TypeError(`${operation} has no parameter "${name}".`);
}
