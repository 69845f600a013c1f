import { setTimeout } from 'node:timers/promises';

/** Does something again and again, each time after a wait, until the signal tells to stop. */
export async function repeat(
  signal: AbortSignal,
  wait: (done: number) => number,
  act: (done: number) => Promise<void>,
): Promise<void> {
  for (let done = 0; ; done += 1) {
    // Rejects only when the wait is broken off.
    await setTimeout(wait(done), undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    await act(done);
  }
}
