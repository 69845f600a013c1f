import { type ChildProcess, fork, type Serializable } from 'node:child_process';
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

/** A process that answers one message after another. */
export interface Answering<Asked, Answer> {
  readonly child: ChildProcess;
  /** One at a time: whoever measures does nothing else meanwhile. */
  ask(asked: Asked): Promise<Answer>;
}

/** Starts a script of this folder that answers each message with another; it ends with the cleanup. */
export function startAnswering<Asked extends Serializable, Answer>(
  script: string,
  cleanup: AsyncDisposableStack,
): Answering<Asked, Answer> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    serialization: 'advanced',
  });
  const ended = once(child, 'exit');
  cleanup.defer(async () => {
    if (child.connected) child.disconnect();
    await ended;
  });
  return {
    child,
    async ask(asked) {
      child.send(asked);
      const [{ answer, error }] = await Promise.race([
        once(child, 'message'),
        ended.then(() => Promise.reject(new Error(`${script} is gone`))),
      ]);
      if (error) throw new Error(error);
      return answer;
    },
  };
}

/** What a script that `startAnswering` starts does with each message. */
export function answerWith<Asked, Answer>(handle: (asked: Asked) => Promise<Answer>): void {
  process.on('message', (asked: Asked) => {
    handle(asked).then(
      (answer) => process.send?.({ answer }),
      (error: Error) => process.send?.({ error: error.message }),
    );
  });
}
