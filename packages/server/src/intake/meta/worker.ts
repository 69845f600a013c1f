import { type BackgroundWork, startBackgroundWork } from '../../concurrency/backgroundWork.ts';
import { errorFields, type Logger } from '../../log/log.ts';
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

/**
 * Brings Meta's leads into the store. The leads of notices and the reads of forms do not wait for
 * each other, so that a form with many leads holds no new lead up. What is asked of Meta when it
 * closes is broken off.
 */
export function createMetaWorker(options: MetaWorkerOptions): BackgroundWork {
  const { store, graphUrl: url, log, fetch, every, now = Date.now, random = Math.random } = options;
  const shared = { store, log, now, random, limited: createRests(now), warned: createRests(now) };
  const jobUntil = (closing: AbortSignal): MetaJob => ({
    ...shared,
    closing,
    graphOf: ({ appSecret, accessToken }) =>
      createGraph({ url, appSecret, accessToken, signal: closing, ...(fetch && { fetch }) }),
  });

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

  const failed = 'could not look for what Meta has';
  const notices = startBackgroundWork(
    async (closing) => {
      const job = jobUntil(closing);
      let more = true;
      while (more && !closing.aborted) {
        more = await forEachSource((source) => fetchNotices(job, source));
      }
    },
    { log, failed, every },
  );
  const forms = startBackgroundWork(
    async (closing) => {
      const job = jobUntil(closing);
      await forEachSource(async (source) => {
        await readForms(job, source);
        return false;
      });
    },
    { log, failed, every },
  );

  return {
    // What Meta has just told of.
    wake: notices.wake,
    async runOnce() {
      await Promise.all([notices.runOnce(), forms.runOnce()]);
    },
    async close() {
      await Promise.all([notices.close(), forms.close()]);
    },
  };
}
