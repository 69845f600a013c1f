import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

const { PATH, NODE_COMPILE_CACHE } = process.env;
/** Nothing of this machine's configuration; what Node has compiled begins in a quarter of the time. */
const OWN = { PATH, NODE_COMPILE_CACHE, HOME: '/nonexistent' };

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A relais-client in a process of its own, with nothing of this machine's configuration. */
export function startClient(
  args: readonly string[],
  env: Record<string, string>,
): { readonly child: ChildProcessWithoutNullStreams; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...OWN, ...env },
  });
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], stdout, stderr]) => ({ code, signal, stdout, stderr }),
  );
  return { child, ended };
}

export const runClient = (args: readonly string[], env: Record<string, string>): Promise<Ended> =>
  startClient(args, env).ended;

/** Runs a script of a shell, in which `"$NODE" "$cli"` is a relais-client. */
export const runShell = (script: string, env: Record<string, string>) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const all = { ...OWN, NODE: process.execPath, cli, ...env };
    execFile('sh', ['-c', script], { env: all }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
