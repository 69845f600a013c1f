import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { commandsIn, relais, temporaryFolder } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';

async function installed(t: TestContext) {
  const installation = await installationFor(t);
  await loadInto(installation.main, publishedCrm());
  await installation.key('Promoteur X');
  return commandsIn({ DATABASE_URL: installation.catalogUrl });
}

const create = [
  ...['key', 'create', '-c', 'Promoteur X'],
  ...['--ready', 'À transmettre', '--pulled', 'Transmis'],
];

test('regions that are given one by one are all of the key', async (t) => {
  const { json } = await installed(t);
  const made = await json(...create, '--regions', '30', '--regions', '62');
  const keys = await json('key', 'list');
  const key = keys.find(({ id }: { id: string }) => id === made.id);
  assert.deepEqual(key.regions, [30, 62]);
});

test('what is no day, no address and no public address is refused', async () => {
  const none = { DATABASE_URL: 'postgresql://127.0.0.1:1/none' };
  const day = await relais(none, ...create, '-r', 'all', '--expires', '2027-02-30');
  assert.equal(day.code, 2);
  assert.match(day.stderr, /Give a date that exists/);
  const host = await relais(none, 'serve', '--host', '');
  assert.equal(host.code, 2);
  assert.match(host.stderr, /Give an address, such as/);
  for (const url of [
    'https://a.example/?x',
    'https://a.example/#x',
    'https://u:secret@a.example',
  ]) {
    const ran = await relais({ ...none, RELAIS_PUBLIC_URL: url }, 'database', 'list');
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /RELAIS_PUBLIC_URL must have no account, query or fragment/);
    assert.doesNotMatch(ran.stderr, /secret/);
  }
});

test('a hold is set and ended in JSON, and somebody without a password is sent to a link', async (t) => {
  const { run, json } = await installed(t);
  const set = await json('hold', 'set', 'main', '--reason', 'test');
  assert.deepEqual(set, { nom: 'main', held: true });
  const { ended } = await json('hold', 'end', 'main', '--reason', 'test');
  assert.equal(ended.reason, 'test');
  await run('staff', 'create', 'a@example.com', '--nom', 'A', '--role', 'lecture');
  await run('staff', 'disable', 'a@example.com');
  const enabled = await run('staff', 'enable', 'a@example.com');
  assert.match(enabled.stdout, /has no password yet: relais staff link a@example\.com\n$/);
});

test('a key that is given where its id is wanted is refused with the id, and repeated nowhere', async (t) => {
  const { run, json } = await installed(t);
  const { id, key } = await json(...create, '--regions', 'all');
  for (const command of ['rotate', 'revoke']) {
    for (const given of [key, `${key} `, key.slice(0, -5)]) {
      const ran = await run('key', command, given);
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, new RegExp(`^That is a key, not its id, which is ${id}: .*\\n$`));
      assert.ok(!`${ran.stdout}${ran.stderr}`.includes(key.slice(30, -5)));
    }
  }
});

test('a reason that says nothing, or too much, is refused wherever one is asked for', async (t) => {
  const { run } = await installed(t);
  for (const command of [
    ['hold', 'set', 'main'],
    ['hold', 'end', 'main'],
    ['prospect', 'erase', '5002', '--yes'],
    ['action', 'statut', '1045', '--to', 'Transmis'],
    ['quarantine', 'discard', '1'],
  ]) {
    for (const reason of [' ', 'x'.repeat(501)]) {
      const ran = await run(...command, '--reason', reason);
      assert.equal(ran.code, 2, command.join(' '));
      assert.match(ran.stderr, /--reason .* is invalid\. Give 1 to 500 characters\./);
    }
  }
});

test('a file to load that is compressed is told to be', async (t) => {
  const { run } = await installed(t);
  const file = join(await temporaryFolder(t), 'crm.json.gz');
  await writeFile(file, gzipSync('{}'));
  const ran = await run('load', 'main', file);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /Nothing was loaded: line 1: the file is compressed by gzip/);
});
