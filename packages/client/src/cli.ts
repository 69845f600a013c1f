#!/usr/bin/env node
import { exitCodes, explain } from './cli/faults.ts';
import { run } from './cli/run.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopping.abort(new Error(signal)));
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Nobody reads any more. What was not confirmed comes with the next run.
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  fail(error);
  process.exit();
});

try {
  await run(process.argv.slice(2), process.env, stopping.signal);
} catch (error) {
  if (stopping.signal.aborted) {
    process.exitCode = exitCodes.interrupted;
  } else {
    fail(error);
  }
}

function fail(error: unknown): void {
  const { sentence, exitCode } = explain(error);
  process.stderr.write(`relais-client: ${sentence}\n`);
  process.exitCode = exitCode;
}
