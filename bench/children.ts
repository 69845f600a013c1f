import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
}

/** How long a server may take to start, milliseconds. */
const PATIENCE = 120_000;

/** Starts a script of this folder that says `{url}` when it answers; it ends with the cleanup. */
export async function startServing(
  script: string,
  env: NodeJS.ProcessEnv,
  cleanup: AsyncDisposableStack,
): Promise<Served> {
  const said: string[] = [];
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => said.length < 100 && said.push(String(chunk)));
  }
  const ended = once(child, 'exit');
  cleanup.defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const failed = async (why: string) => {
    throw new Error(`${script} ${why}: ${said.join('').slice(-2000)}`);
  };
  const [message] = await Promise.race([
    once(child, 'message', { signal: AbortSignal.timeout(PATIENCE) }),
    ended.then(() => failed('ended')),
  ]);
  return { url: message.url, child };
}
