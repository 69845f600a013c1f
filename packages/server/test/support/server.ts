import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Contact } from '@relais/contract';
import { type RunningServer, startServer } from '../../src/serve.ts';
import { freshInstallation, type TestInstallation } from './installation.ts';

/** An answer, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends an operation to a server as an integrator would. */
export async function send(
  url: string,
  key: string | undefined,
  body: object | string,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Reply> {
  const response = await fetch(`${url}/api/v1`, {
    method: 'POST',
    headers: { ...(key ? { 'x-api-key': key } : {}), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends again, after its Retry-After, what a busy server has put off. */
export async function patiently(send: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await send();
    const wait = reply.headers.get('retry-after');
    if (reply.status === 200 || wait === null) return reply;
    await delay(Number(wait) * 1000);
  }
}

/** The contacts of an answer; an answer that is none fails the test with what it says. */
export function contactsOf(reply: Reply): Contact[] {
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return JSON.parse(reply.text) as Contact[];
}

export const idsOf = (reply: Reply): number[] =>
  contactsOf(reply).map((contact) => contact.action_id);

/** An installation and a server of this process on it, which listens on a free port. */
export interface TestServer extends TestInstallation {
  readonly url: string;
  send(
    key: string | undefined,
    body: object | string,
    headers?: Record<string, string>,
  ): Promise<Reply>;
}

/** Starts one for the tests of a file, which close it. */
export async function freshServer(env: Record<string, string> = {}): Promise<TestServer> {
  const installation = await freshInstallation(env);
  const server: RunningServer = await startServer(installation.config);
  return {
    ...installation,
    url: server.url,
    send: (key, body, headers) => send(server.url, key, body, headers),
    async close() {
      await server.close();
      await installation.close();
    },
  };
}

/** Starts one for a test alone, with whose end it is closed. */
export async function serverFor(t: TestContext, env?: Record<string, string>): Promise<TestServer> {
  const server = await freshServer(env);
  t.after(() => server.close());
  return server;
}

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** A server in a process of its own, as `relais serve` runs it. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it with a signal and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export async function spawnServer(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: {
      ...process.env,
      RELAIS_LOG_LEVEL: 'silent',
      RELAIS_RATE_LIMIT: '1000000',
      RELAIS_DRAIN_SECONDS: '0',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const url = /answers at (http:\S+),/.exec(line)?.[1];
    if (url) {
      child.stderr.resume();
      return {
        url,
        child,
        async end(signal = 'SIGTERM') {
          child.kill(signal);
          await exited;
        },
      };
    }
  }
  throw new Error(`the server did not start: ${said.join('\n')}`);
}
