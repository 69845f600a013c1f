import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Door } from './door.ts';

/** The server of this checkout; a mutant has another. */
export const MAIN = fileURLToPath(new URL('../../packages/server/bin/relais.js', import.meta.url));

/** A place for a `relais serve` process behind its door. */
export interface Server {
  readonly door: Door;
  /** Starts a process, again and again until one answers, and opens the door to it. */
  start(): Promise<void>;
  /** Ends it and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Processes that ended although nobody had ended them. */
  readonly lost: string[];
}

const PATIENCE = 60_000;

export function placeServer(options: {
  door: Door;
  main: string;
  env: Record<string, string>;
  log: string;
}): Server {
  const { door } = options;
  const lost: string[] = [];
  let child: ChildProcess | undefined;
  let gone: Promise<unknown> = Promise.resolve();

  const launch = async (): Promise<boolean> => {
    const log = openSync(options.log, 'a', 0o600);
    // The proxies chose free ports, and so does the server: what answers there is this process.
    const started = spawn(process.execPath, [options.main, 'serve', '--port', '0'], {
      env: { PATH: process.env.PATH ?? '', ...options.env },
      stdio: ['ignore', log, 'pipe'],
    });
    closeSync(log);
    const said = started.stderr;
    if (!said) throw new Error('no standard error');
    child = started;
    gone = once(started, 'exit');
    for await (const line of createInterface({ input: said })) {
      const port = /answers at http:\/\/\S+:(\d+),/.exec(line)?.[1];
      if (!port) continue;
      said.resume();
      door.target = Number(port);
      started.once('exit', (code, signal) => {
        if (child === started) lost.push(`a server ended by itself: ${code ?? signal}`);
      });
      return true;
    }
    await gone;
    return false;
  };

  return {
    door,
    lost,
    async start() {
      for (const until = Date.now() + PATIENCE; !(await launch()); await delay(100)) {
        if (Date.now() > until) throw new Error(`a server does not start: see ${options.log}`);
      }
    },
    async end(signal) {
      const ending = child;
      child = undefined;
      door.target = undefined;
      ending?.kill(signal);
      await gone;
    },
    signal: (signal) => void child?.kill(signal),
  };
}
