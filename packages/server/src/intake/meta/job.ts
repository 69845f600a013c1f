import type { Logger } from '../../log/log.ts';
import type { Graph } from './graph.ts';
import { GraphError } from './graphError.ts';
import type { MetaSource, MetaStore } from './metaStore.ts';
import type { Rests } from './rests.ts';
import { limitOf } from './retry.ts';

/** What the two jobs of the worker work with. */
export interface MetaJob {
  readonly store: MetaStore;
  readonly graphOf: (source: MetaSource) => Graph;
  readonly log: Logger;
  readonly now: () => number;
  readonly random: () => number;
  /** Aborted when the worker closes. */
  readonly closing: AbortSignal;
  /** The sources of which Meta wants to hear nothing for a while, by name. */
  readonly limited: Rests;
  /** The sources that were warned of, by name. */
  readonly warned: Rests;
}

/** Seconds. */
const WARN_EVERY = 900;

/** Does what a failure means for the whole source: a limit holds it back, a denial is told of. */
export function heed(job: MetaJob, source: MetaSource, failure: unknown): void {
  if (!(failure instanceof GraphError)) return;
  if (failure.kind === 'limited') job.limited.rest(source.nom, limitOf(failure));
  if (failure.kind !== 'denied' || job.warned.left(source.nom) > 0) return;
  job.warned.rest(source.nom, WARN_EVERY);
  const { kind, code, subcode } = failure;
  job.log.warn({ source: source.nom, kind, code, subcode }, 'Meta denies a source its leads');
}
