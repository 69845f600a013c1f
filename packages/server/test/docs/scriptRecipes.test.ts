import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { freshServer, type TestServer } from '../support/server.ts';
import { everyId, type Mischief, openRecipe, sorted } from './recipe.ts';

const run = promisify(execFile);

/** What a line of Python prints about the recipe's database. */
async function python(own: string, line: string): Promise<string> {
  const code = `import sqlite3; db = sqlite3.connect("contacts.db"); ${line}`;
  return (await run('python3', ['-c', code], { cwd: own })).stdout.trim();
}

/** The recipes that are one script: how each is run, and what it leaves in its folder. */
const scripts = {
  php: {
    name: 'PHP',
    contacts: 'contacts',
    command: 'php',
    async begin(own: string, name: string, at: Date) {
      await writeFile(join(own, 'pending.txt'), name);
      await utimes(join(own, 'pending.txt'), at, at);
    },
    isPending: async (own: string) => (await readdir(own)).includes('pending.txt'),
    async stored(own: string): Promise<number[]> {
      const folder = join(own, 'contacts');
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      return texts.map((text) => JSON.parse(text).action_id);
    },
  },
  python: {
    name: 'Python',
    contacts: 'contacts.db',
    command: 'python3',
    async begin(own: string, name: string, at: Date) {
      const begun = at.getTime() / 1000;
      await python(
        own,
        `db.execute("create table pending (idempotency_key text, begun real)"); db.execute("insert into pending values ('${name}', ${begun})"); db.commit()`,
      );
    },
    isPending: async (own: string) =>
      (await python(own, 'print(db.execute("select * from pending").fetchone())')) !== 'None',
    stored: async (own: string): Promise<number[]> =>
      JSON.parse(
        await python(own, 'print([row[0] for row in db.execute("select action_id from contact")])'),
      ),
  },
};

let server: TestServer;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-recipes-'));
  server = await freshServer();
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** A recipe that can be run; `before` is what the shell does before it. */
async function fresh(t: TestContext, id: keyof typeof scripts, mischief?: Mischief) {
  const { own, file, key, close } = await openRecipe(server, folder, id, mischief);
  t.after(close);
  const ran = (before = ''): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, RELAIS_API_KEY: key };
      const script = `${before} exec ${scripts[id].command} "$0"`;
      execFile('sh', ['-c', script, file], { cwd: own, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: stdout + stderr }),
      );
    });
  const send = (body: object, headers = {}) => server.send(key, body, headers);
  return { own, ran, send };
}

for (const id of ['php', 'python'] as const) {
  const { name, contacts, begin, isPending, stored } = scripts[id];
  const pull = [{ operation: 'pullContacts' }, { 'Idempotency-Key': 'begun-before' }] as const;

  test(`the ${name} recipe stores each contact, and goes on with the pull it had begun`, async (t) => {
    const { own, ran, send } = await fresh(t, id);
    // As a run leaves it that was killed after its pull.
    await begin(own, 'begun-before', new Date());
    await send(...pull);
    const { code, said } = await ran();
    assert.equal(code, 0, said);
    assert.deepEqual(sorted(await stored(own)), everyId);
    assert.equal(await isPending(own), false);
  });

  test(`the ${name} recipe has its files beside it, for its owner alone, wherever it is started from`, async (t) => {
    const { own, ran } = await fresh(t, id);
    const { code, said } = await ran('cd ..; umask 022;');
    assert.equal(code, 0, said);
    assert.deepEqual(sorted(await stored(own)), everyId);
    const { mode } = await stat(join(own, contacts));
    assert.equal(mode & 0o077, 0);
  });

  test(`the ${name} recipe takes a new name where the pull it had begun was released`, async (t) => {
    const { own, ran, send } = await fresh(t, id);
    await begin(own, 'begun-before', new Date());
    const pullId = (await send(...pull)).headers.get('pull-id');
    await send({ operation: 'releasePull', pullId, reason: 'a test' });
    const { code, said } = await ran();
    assert.equal(code, 0, said);
    assert.deepEqual(sorted(await stored(own)), everyId);
  });

  test(`the ${name} recipe does not send a name of more than 30 days ago: it would take other contacts`, async (t) => {
    const { own, ran, send } = await fresh(t, id);
    await begin(own, 'begun-before', new Date(Date.now() - 31 * 86_400_000));
    const { code, said } = await ran();
    assert.notEqual(code, 0);
    assert.match(said, /more than 30 days ago: ask the agency/);
    assert.equal(await isPending(own), true);
    assert.deepEqual(JSON.parse((await send({ operation: 'getPulledContacts' })).text), []);
  });

  test(`the ${name} recipe goes on where a proxy asks to wait until a time that has passed`, async (t) => {
    const headers = { 'retry-after': new Date(0).toUTCString() };
    const { own, ran } = await fresh(t, id, { instead: { status: 503, headers } });
    const { code, said } = await ran();
    assert.equal(code, 0, said);
    assert.deepEqual(sorted(await stored(own)), everyId);
  });

  test(`the ${name} recipe does not forget its pull where a proxy answers in place of the API`, async (t) => {
    for (const instead of [{ status: 409 }, { status: 200, body: '{}' }]) {
      const { own, ran } = await fresh(t, id, { instead });
      const { code, said } = await ran();
      assert.equal(code, 0, said);
      assert.deepEqual(sorted(await stored(own)), everyId);
    }
  });

  test(`a second run of the ${name} recipe fails while the first is under way`, async (t) => {
    let second = { code: 0, said: '' };
    const meanwhile = async () => {
      second = await ran();
    };
    const { own, ran } = await fresh(t, id, { meanwhile });
    const { code, said } = await ran();
    assert.equal(code, 0, said);
    assert.notEqual(second.code, 0);
    assert.match(second.said, /another run is under way|database is locked/);
    assert.deepEqual(sorted(await stored(own)), everyId);
  });
}

test('the PHP recipe fails on a full disk, and its next run stores each contact', async (t) => {
  const { isPending, stored } = scripts.php;
  const { own, ran } = await fresh(t, 'php');
  // No file may be longer than 512 bytes: a contact is written in part, as on a full disk.
  const limited = await ran("trap '' XFSZ; ulimit -f 1;");
  assert.notEqual(limited.code, 0);
  assert.ok(await isPending(own));
  assert.deepEqual(await stored(own), []);
  const { code, said } = await ran();
  assert.equal(code, 0, said);
  assert.deepEqual(sorted(await stored(own)), everyId);
});

test('the PHP recipe names its pull anew where a crash has left an empty name', async (t) => {
  const { own, ran } = await fresh(t, 'php');
  await writeFile(join(own, 'pending.txt'), '');
  const { code, said } = await ran();
  assert.equal(code, 0, said);
  assert.deepEqual(sorted(await scripts.php.stored(own)), everyId);
});
