import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bounds, Command, Load, Round } from './load.ts';

/** A process that makes the calls, so that they share no event loop with what is measured. */
export interface Callers {
  /** Opens the connections of a load and gives what runs it for a round. */
  open(load: Load, cleanup: AsyncDisposableStack): Promise<(bounds: Bounds) => Promise<Round>>;
}

export function openCallers(cleanup: AsyncDisposableStack): Callers {
  const child = fork(fileURLToPath(new URL('callersProcess.ts', import.meta.url)), {
    serialization: 'advanced',
  });
  const ended = once(child, 'exit');
  cleanup.defer(async () => {
    if (child.connected) child.disconnect();
    await ended;
  });
  let number = 0;
  /** One at a time: whoever measures does nothing else meanwhile. */
  const ask = async (command: Command): Promise<Round | undefined> => {
    child.send(command);
    const [answer] = await Promise.race([
      once(child, 'message'),
      ended.then(() => Promise.reject(new Error('the callers are gone'))),
    ]);
    if (answer.error) throw new Error(answer.error);
    return answer.round;
  };
  return {
    async open(load, scope) {
      number += 1;
      const own = number;
      await ask({ number: own, open: load });
      scope.defer(async () => {
        if (child.connected) await ask({ number: own, close: true });
      });
      return async (bounds) => {
        const round = await ask({ number: own, run: bounds });
        if (!round) throw new Error('no round');
        return round;
      };
    },
  };
}
