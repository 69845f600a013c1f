import { startAnswering } from './children.ts';
import type { Bounds, Command, Load, Round } from './load.ts';

/** A process that makes the calls, so that they share no event loop with what is measured. */
export interface Callers {
  /** Opens the connections of a load and gives what runs it for a round. */
  open(load: Load, cleanup: AsyncDisposableStack): Promise<(bounds: Bounds) => Promise<Round>>;
}

export function openCallers(cleanup: AsyncDisposableStack): Callers {
  const { child, ask } = startAnswering<Command, Round | undefined>('callersProcess.ts', cleanup);
  let number = 0;
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
