import type { Installation } from '../installation/installation.ts';
import { exitCodes, say } from './output.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs what opens an installation and tells so by `opened`. A SIGINT or SIGTERM meanwhile ends the
 * process with `sentence`, once the installation is left: an embedded server that nobody else uses
 * would run on by itself. A second signal ends the process at once.
 */
export async function interruptible<Result>(
  run: (opened: (installation: Installation) => void) => Promise<Result>,
  sentence = 'Interrupted.',
): Promise<Result> {
  let installation: Installation | undefined;
  let interrupted = false;
  const leave = () => installation?.abandon().finally(() => process.exit(exitCodes.interrupted));
  const listen = (take: 'on' | 'off') => {
    for (const signal of SIGNALS) process[take](signal, interrupt);
  };
  const interrupt = () => {
    interrupted = true;
    listen('off');
    say(sentence);
    void leave();
  };
  listen('on');
  try {
    return await run((opened) => {
      installation = opened;
      if (interrupted) void leave();
    });
  } catch (error) {
    // What is lost now is no failure of its own: the process is about to end.
    if (interrupted && installation) await new Promise(() => {});
    throw error;
  } finally {
    listen('off');
  }
}
