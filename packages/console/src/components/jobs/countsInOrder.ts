import type { Job, JobCount } from '@relais/contract';

/** As people read them: what went well first. */
const ORDER: readonly JobCount[] = [
  ...(['accepted', 'merged', 'quarantined', 'repeated'] as const),
  ...(['undone', 'kept'] as const),
  ...(['contacts', 'persons'] as const),
  ...(['changed', 'unchanged', 'refused'] as const),
];

/** The counts of a job that are there, in the order in which they are read. */
export const countsInOrder = (counts: Job['counts']): [JobCount, number][] =>
  ORDER.flatMap((name) => {
    const count = counts[name];
    return count === undefined ? [] : [[name, count]];
  });
