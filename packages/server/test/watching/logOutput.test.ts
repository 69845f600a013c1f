import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readSync, write } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogOutput } from '../../src/log/logOutput.ts';
import { temporaryFolder } from '../support/command.ts';
import { freshInstallation } from '../support/installation.ts';

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await delay(5);
};

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

test('a server whose log finds the disk full answers, and ends when it is told to', async (t) => {
  const installation = await freshInstallation();
  t.after(() => installation.close());
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: installation.catalogUrl,
      RELAIS_DRAIN_SECONDS: '0',
    },
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  let url = '';
  for await (const line of createInterface({ input: child.stderr ?? assert.fail() })) {
    url = /answers at (http:\S+),/.exec(line)?.[1] ?? '';
    if (url) break;
  }
  for (const path of ['/readyz', '/healthz']) {
    assert.equal((await fetch(url + path)).status, 200);
  }
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});

test('a log that can be written again says how many lines are missing', async (t) => {
  const path = join(await temporaryFolder(t), 'log');
  await promisify(execFile)('mkfifo', [path]);
  const listen = () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const hear = (descriptor: number): string => {
    const bytes = Buffer.alloc(65_536);
    try {
      return bytes.toString('utf8', 0, readSync(descriptor, bytes));
    } catch {
      return '';
    }
  };
  const first = listen();
  const descriptor = openSync(path, 'w');
  t.after(() => closeSync(descriptor));
  const output = createLogOutput(descriptor);
  output.write('{"msg":"one"}\n');
  let heard = '';
  await until(() => {
    heard += hear(first);
    return heard === '{"msg":"one"}\n';
  });
  closeSync(first);
  output.write('{"msg":"two"}\n');
  // Who writes after it has failed too: by then that of the log has.
  for (let times = 0; times < 10; times += 1) {
    await assert.rejects(promisify(write)(descriptor, 'x'), { code: 'EPIPE' });
  }
  const second = listen();
  t.after(() => closeSync(second));
  output.write('{"msg":"three"}\n');
  let rest = '';
  await until(() => {
    rest += hear(second);
    return rest.endsWith('{"msg":"three"}\n');
  });
  const [told = '', ...others] = rest.trimEnd().split('\n');
  const { level, lines, msg } = JSON.parse(told);
  assert.deepEqual([level, lines, msg], [40, 1, 'lines of the log could not be written']);
  assert.deepEqual(others, ['{"msg":"three"}']);
});
