import type { LoadCollection, LoadRecord } from '@relais/contract';
import { leads } from './leads.ts';
import { origines, statuts, typesAction, typesContact } from './lists.ts';
import { regions } from './places.ts';
import { programmes } from './programmes.ts';
import { seeded } from './random.ts';

export type DemoOptions = {
  /** The end of the 120 days that the data set covers. */
  now: Date;
  /** Another seed makes other people. */
  seed?: number;
};

/** One record with its collection. */
export type DemoRecord = {
  [Name in LoadCollection]: { collection: Name; record: LoadRecord<Name> };
}[LoadCollection];

/**
 * A believable agency without clients: its regions, programmes, lists, and 120 days of leads. The
 * same options give the same records, each after those it refers to. Nobody in it exists: numbers
 * and addresses are of the ranges and domains kept for fiction, but for the published contact.
 */
export function* demoDataset({ now, seed = 145 }: DemoOptions): Generator<DemoRecord, void> {
  for (const { id, nom } of regions) yield { collection: 'regions', record: { id, nom } };
  for (const record of programmes) yield { collection: 'programmes', record };
  for (const record of statuts) yield { collection: 'statuts', record };
  for (const record of origines) yield { collection: 'origines', record };
  for (const record of typesContact) yield { collection: 'types_contact', record };
  for (const record of typesAction) yield { collection: 'types_action', record };
  const { prospects, actions } = leads(now, seeded(seed));
  for (const record of prospects) yield { collection: 'prospects', record };
  for (const record of actions) yield { collection: 'actions', record };
}

/** The same in the JSON Lines form that `relais load` reads, one line at a time. */
export function* demoJsonLines(options: DemoOptions): Generator<string, void> {
  for (const { collection, record } of demoDataset(options)) {
    yield `${JSON.stringify({ collection, ...record })}\n`;
  }
}
