import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** A line of the log, such as `{msg: 'a worker died', worker: 4711}`. */
export interface LogLine {
  readonly msg: string;
  readonly worker?: number;
  readonly pid?: number;
}

/** `relais serve` with several workers, and what it logs. */
export interface Workers {
  readonly url: string;
  /** Sends the primary a signal. */
  signal(name: NodeJS.Signals): void;
  /** The lines of this message so far. */
  logged(message: string): LogLine[];
  /** Waits until there are so many lines of a message. */
  until(message: string, count: number): Promise<LogLine[]>;
  /** Waits until the primary is gone; gives its exit code. */
  ended(): Promise<number | null>;
}

export async function spawnWorkers(t: TestContext, env: Record<string, string>): Promise<Workers> {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--workers', '2'], {
    env: { ...process.env, RELAIS_RATE_LIMIT: '1000000', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  t.after(async () => {
    // Workers end when their primary is gone.
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exit;
  });
  const lines: LogLine[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = JSON.parse(line) as LogLine;
    if (parsed.msg !== 'request') lines.push(parsed);
  });
  const logged = (message: string) => lines.filter(({ msg }) => msg === message);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const url = /answers at (http:\S+),/.exec(line)?.[1];
    if (!url) continue;
    child.stderr.resume();
    return {
      url,
      signal: (name) => void child.kill(name),
      logged,
      async until(message, count) {
        while (logged(message).length < count) {
          if (child.exitCode !== null) throw new Error(`the primary ended: ${said.join('\n')}`);
          await delay(20);
        }
        return logged(message);
      },
      async ended() {
        await exit;
        return child.exitCode;
      },
    };
  }
  throw new Error(`the server did not start: ${said.join('\n')}`);
}
