import { errorFields, type Logger } from '../log/log.ts';
import { singleRun } from './singleRun.ts';

/** Work that is done beside requests. One of a kind runs in each server process; any number may. */
export interface BackgroundWork {
  /** Does what is due without waiting for the next look. Never throws. */
  wake(): void;
  /** The same, and settles when it is done. Failures are logged. */
  runOnce(): Promise<void>;
  /** Stops what runs, begins nothing any more, and settles when nothing runs. */
  close(): Promise<void>;
}

/**
 * Starts work that looks every few seconds for what is due. It never runs twice at once, and stops
 * when its signal is aborted. A look that fails is logged as `failed`.
 */
export function startBackgroundWork(
  work: (closing: AbortSignal) => Promise<void>,
  { log, failed, every = 5_000 }: { log: Logger; failed: string; every?: number | undefined },
): BackgroundWork {
  const stop = new AbortController();
  const runOnce = singleRun(async () => {
    if (stop.signal.aborted) return;
    await work(stop.signal).catch((error) => log.warn(errorFields(error), failed));
  });
  const timer = setInterval(() => void runOnce(), every).unref();
  return {
    wake() {
      void runOnce();
    },
    runOnce,
    async close() {
      clearInterval(timer);
      stop.abort();
      // A run that is asked for now waits for the one that goes on, and does nothing itself.
      await runOnce();
    },
  };
}
