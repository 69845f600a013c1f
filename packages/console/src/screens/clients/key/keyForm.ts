import type { Answer, Parameters } from '../../../api/call.ts';
import { instantOf, localOf } from '../../../lib/localTime.ts';
import type { Key } from '../client.ts';

/** What a form of a key holds. `all` decides; what was chosen before it is kept and not sent. */
export interface KeyValues {
  readonly regionsOf: 'all' | 'some';
  readonly regionIds: readonly string[];
  readonly readyStatutId: string | null;
  readonly pulledStatutId: string | null;
  readonly operationsOf: 'all' | 'some';
  readonly operations: readonly string[];
  /** One a line. */
  readonly ipRanges: string;
  readonly expiresAt: string;
}

type Mapping = Pick<
  Parameters<'createKey'>,
  'regionIds' | 'readyStatutId' | 'pulledStatutId' | 'operations' | 'ipRanges' | 'expiresAt'
>;
type Operation = NonNullable<NonNullable<Mapping['operations']>[number]>;

/** The operations of the Client API, in the order in which a client meets them. */
export const keyOperations = [
  'pullContacts',
  'readContacts',
  'getPulledContacts',
  'getPullBatch',
  'releasePull',
  'getRegions',
  'getProgrammes',
] as const satisfies readonly Operation[];

export const emptyValues: KeyValues = {
  regionsOf: 'some',
  regionIds: [],
  readyStatutId: null,
  pulledStatutId: null,
  operationsOf: 'all',
  operations: [],
  ipRanges: '',
  expiresAt: '',
};

export const valuesOf = (key: Key): KeyValues => ({
  regionsOf: key.regions ? 'some' : 'all',
  regionIds: key.regions?.map(({ id }) => String(id)) ?? [],
  readyStatutId: String(key.ready_statut_id),
  pulledStatutId: String(key.pulled_statut_id),
  operationsOf: key.operations ? 'some' : 'all',
  operations: key.operations ?? [],
  ipRanges: key.ip_ranges?.join('\n') ?? '',
  expiresAt: localOf(key.expires_at),
});

/** As the operations take it. */
export function mappingOf(values: KeyValues): Mapping {
  const lines = values.ipRanges.split(/[\s,;]+/).filter(Boolean);
  return {
    regionIds: values.regionsOf === 'all' ? null : values.regionIds.map(Number),
    readyStatutId: Number(values.readyStatutId),
    pulledStatutId: Number(values.pulledStatutId),
    operations:
      values.operationsOf === 'all'
        ? null
        : keyOperations.filter((name) => values.operations.includes(name)),
    ipRanges: lines.length > 0 ? lines : null,
    expiresAt: instantOf(values.expiresAt),
  };
}

/** What a key is mapped to, as it was shown: a field has no seconds, and no order of its own. */
export const mappingShown = (key: Key): Mapping => ({
  regionIds: key.regions?.map(({ id }) => id) ?? null,
  readyStatutId: key.ready_statut_id,
  pulledStatutId: key.pulled_statut_id,
  operations: key.operations as Mapping['operations'],
  ipRanges: key.ip_ranges,
  expiresAt: key.expires_at,
});

/** Only what is otherwise than before: what somebody else changed meanwhile stays. */
export function changesOf(values: KeyValues, before: KeyValues): Partial<Mapping> {
  const was: Partial<Record<string, unknown>> = mappingOf(before);
  const changed = Object.entries(mappingOf(values)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]),
  );
  return Object.fromEntries(changed);
}

/** The options of a list of designations. */
export const optionsOf = (list: Answer<'listDesignations'>['items'] | undefined) =>
  list?.map(({ id, designation }) => ({ value: String(id), label: designation })) ?? [];
