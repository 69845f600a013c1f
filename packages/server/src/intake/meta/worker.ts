import { errorFields, type Logger } from '../../log.ts';
import { singleRun } from '../../singleRun.ts';
import { fetchNotices } from './fetchNotices.ts';
import { createGraph } from './graph.ts';
import type { MetaJob } from './job.ts';
import type { MetaSource, MetaStore } from './metaStore.ts';
import { readForms } from './readForms.ts';
import { createRests } from './rests.ts';

export interface MetaWorkerOptions {
  readonly store: MetaStore;
  /** With the version: `https://graph.facebook.com/v25.0`. */
  readonly graphUrl: string;
  readonly log: Logger;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds between two looks at what is due. */
  readonly every?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** Brings Meta's leads into the store. One runs in each server process; any number may. */
export interface MetaWorker {
  /** Fetches what Meta has just told of, without waiting for the next look. Never throws. */
  wake(): void;
  /** Does what is due, and settles when it is done. Failures are logged. */
  runOnce(): Promise<void>;
  /** Breaks off what is asked of Meta, and settles when nothing runs any more. */
  close(): Promise<void>;
}

const EVERY = 5_000;

/**
 * Starts the worker. The leads of notices and the reads of forms are two jobs that do not wait for
 * each other, so that a form with many leads holds no new lead up; neither runs twice at once.
 */
export function createMetaWorker(options: MetaWorkerOptions): MetaWorker {
  const { store, graphUrl: url, log, fetch, every = EVERY } = options;
  const now = options.now ?? Date.now;
  const stop = new AbortController();
  const job: MetaJob = {
    store,
    log,
    now,
    random: options.random ?? Math.random,
    closing: stop.signal,
    limited: createRests(now),
    warned: createRests(now),
    graphOf: ({ appSecret, accessToken }) =>
      createGraph({ url, appSecret, accessToken, signal: stop.signal, ...(fetch && { fetch }) }),
  };

  /** Lets every source have its turn, side by side: one that fails holds no other up. */
  const forEachSource = async (work: (source: MetaSource) => Promise<boolean>) => {
    const results = await Promise.all(
      (await store.sources()).map((source) =>
        work(source).catch((error) => {
          log.error({ source: source.nom, ...errorFields(error) }, 'a Meta source failed');
          return false;
        }),
      ),
    );
    return results.some(Boolean);
  };
  const logged = (work: () => Promise<void>) => () =>
    work().catch((error) => log.error(errorFields(error), 'the Meta worker failed'));

  const notices = singleRun(
    logged(async () => {
      let more = true;
      while (more && !stop.signal.aborted) {
        more = await forEachSource((source) => fetchNotices(job, source));
      }
    }),
  );
  const forms = singleRun(
    logged(async () => {
      if (stop.signal.aborted) return;
      await forEachSource(async (source) => {
        await readForms(job, source);
        return false;
      });
    }),
  );

  const timer = setInterval(() => {
    void notices();
    void forms();
  }, every).unref();

  return {
    wake() {
      void notices();
    },
    async runOnce() {
      await Promise.all([notices(), forms()]);
    },
    async close() {
      clearInterval(timer);
      stop.abort();
      // A turn that is asked for now waits for the one that runs, and does nothing itself.
      await Promise.all([notices(), forms()]);
    },
  };
}
