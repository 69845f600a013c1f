import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { MOST_FILE_BYTES, type Role } from '@relais/contract';
import { sql } from 'kysely';
import { clearAway } from '../../src/store/files.ts';
import { publishedCrm } from '../support/crm.ts';
import { download, ended, get, put, upload } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let operator: SignedIn;
before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
  await loadInto(server.main, publishedCrm());
});
after(() => server.close());

async function stored(): Promise<{ files: number; parts: number }> {
  const counted = await sql<{ files: number; parts: number }>`
    select (select count(*) from stored_file) as files,
      (select count(*) from stored_file_part) as parts`.execute(server.main.db);
  return counted.rows[0] ?? { files: -1, parts: -1 };
}

const codeOf = (response: Response) => response.headers.get('error-code');

async function exported(by: SignedIn) {
  const { job_id } = await by.call('exportContacts', { format: 'csv' });
  return ended(by, job_id);
}

test('a file of several parts is kept byte for byte', async () => {
  const content = randomBytes(2 * 1024 ** 2 + 17);
  const id = await upload(operator, content, { name: 'été.bin' });
  const parts = await sql<{ content: Buffer }>`
    select own.content from stored_file_part own where own.id_file = ${id}
    order by own.part`.execute(server.main.db);
  assert.deepEqual(
    parts.rows.map((row) => row.content.length),
    [1024 ** 2, 1024 ** 2, 17],
  );
  assert.ok(Buffer.concat(parts.rows.map((row) => row.content)).equals(content));
});

test('an upload that breaks off leaves nothing', async () => {
  const before = await stored();
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT /operator/v1/files?name=a.csv HTTP/1.1\r\nHost: ${host}\r\nCookie: ${operator.cookie}\r\n` +
      `Content-Length: 3000000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(2 * 1024 ** 2, 'x'));
  while ((await stored()).parts < before.parts + 1);
  socket.destroy();
  await once(socket, 'close');
  while ((await stored()).files > before.files);
  assert.deepEqual(await stored(), before);
});

test('a file that is too large is refused before it is read', async () => {
  const before = await stored();
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT /operator/v1/files?name=a.csv HTTP/1.1\r\nHost: ${host}\r\nCookie: ${operator.cookie}\r\n` +
      `Content-Length: ${MOST_FILE_BYTES + 1}\r\n\r\n`,
  );
  const [answer] = await once(socket, 'data');
  socket.destroy();
  assert.match(String(answer), /413[\s\S]*payload_too_large[\s\S]*larger than 100 MB/i);
  assert.deepEqual(await stored(), before);
});

test('a file that turns out too large is refused, and leaves nothing', async () => {
  const before = await stored();
  const piece = new Uint8Array(8 * 1024 ** 2);
  let left = MOST_FILE_BYTES / piece.length + 1;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left === 0) return controller.close();
      left -= 1;
      controller.enqueue(piece);
    },
  });
  const response = await put(operator, endless);
  assert.equal(codeOf(response), 'payload_too_large');
  assert.deepEqual(await stored(), before);
});

test('an empty file, and one without a name, are refused', async () => {
  const before = await stored();
  assert.equal(codeOf(await put(operator, '')), 'invalid_request');
  for (const name of ['', '   ', 'a\nb.csv', 'x'.repeat(201), 'C:\\']) {
    assert.equal(codeOf(await put(operator, 'a', { name })), 'invalid_parameter', name);
  }
  assert.deepEqual(await stored(), before);
});

test('a page of another origin neither uploads nor downloads', async () => {
  const job = await exported(operator);
  const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
  assert.equal(codeOf(await put(operator, 'a', foreign)), 'foreign_origin');
  const elsewhere = { headers: { origin: 'https://evil.example' } };
  assert.equal(codeOf(await put(operator, 'a', elsewhere)), 'foreign_origin');
  assert.equal(codeOf(await get(operator, job.file?.file_id ?? '', foreign)), 'foreign_origin');
});

test('nobody uploads or downloads without a session', async () => {
  const job = await exported(operator);
  const nobody = { url: server.url };
  assert.equal(codeOf(await put(nobody, 'a')), 'not_signed_in');
  assert.equal(codeOf(await get(nobody, job.file?.file_id ?? '')), 'not_signed_in');
});

const uploads: Record<Role, boolean> = { admin: true, operateur: true, lecture: false, dpo: false };
for (const [role, allowed] of Object.entries(uploads) as [Role, boolean][]) {
  test(`${role} may ${allowed ? '' : 'not '}upload`, async () => {
    const { cookie } = await signedIn(server, role);
    const response = await put({ url: server.url, cookie }, 'a');
    assert.equal(codeOf(response), allowed ? null : 'role_not_allowed');
  });
}

test('a file that a job made is for whoever asked for it, and for admins', async () => {
  const job = await exported(operator);
  const id = job.file?.file_id ?? '';
  const as = async (role: Role) => {
    const { cookie } = await signedIn(server, role);
    return codeOf(await get({ url: server.url, cookie }, id));
  };
  await download(operator, job);
  assert.equal(await as('admin'), null);
  assert.equal(await as('operateur'), 'record_not_found');
  assert.equal(await as('dpo'), 'record_not_found');
  assert.equal(await as('lecture'), 'role_not_allowed');
});

test('a file is imported by whoever has uploaded it, and never one that a job made', async () => {
  const source = await makeSource(server, 'salons', 'file').then(() => 'salons');
  const own = await upload(operator, 'nom;email\nA;a@example.com\n', { name: 'a.csv' });
  await operator.call('previewImport', { source, fileId: own });
  const admin = await signedIn(server, 'admin');
  const made = (await exported(admin)).file?.file_id ?? '';
  const gone = { expect: 'record_not_found' } as const;
  for (const [who, fileId] of [
    [admin, own],
    [admin, made],
    [operator, made],
  ] as const) {
    await who.call('previewImport', { source, fileId }, gone);
    await who.call('startImport', { source, fileId }, gone);
  }
});

test('an upload is never given out', async () => {
  const id = await upload(operator, 'nom;telephone\r\n');
  const { cookie } = await signedIn(server, 'admin');
  for (const own of [operator, { url: server.url, cookie }]) {
    assert.equal(codeOf(await get(own, id)), 'record_not_found');
  }
  assert.equal(codeOf(await get(operator, "x'--")), 'record_not_found');
});

test('a download is an attachment that no browser runs or keeps, and stands in the audit', async () => {
  const job = await exported(operator);
  const response = await get(operator, job.file?.file_id ?? '');
  const { headers } = response;
  assert.match(
    headers.get('content-disposition') ?? '',
    /^attachment; filename="contacts-[\d-]+\.csv"; filename\*=UTF-8''contacts-[\d-]+\.csv$/,
  );
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.equal((await response.arrayBuffer()).byteLength, job.file?.bytes);
  const audit = await (await signedIn(server, 'admin')).call('listAudit', {
    scope: 'database',
    act: 'file.download',
    target: `job:${job.job_id}`,
  });
  assert.equal(audit.items.length, 1);
  assert.equal(audit.items[0]?.actor, `staff:${operator.staff.id}`);
});

test('an expired file is gone, and cleared away with its content', async () => {
  const job = await exported(operator);
  await sql`
    update stored_file set expires_at = clock_timestamp()
    where stored_file.id = ${job.file?.file_id}`.execute(server.main.db);
  assert.equal(codeOf(await get(operator, job.file?.file_id ?? '')), 'record_not_found');
  assert.equal((await operator.call('getJob', { id: job.job_id })).file, null);
  await clearAway(server.main.db, 90);
  const left = await sql<{ parts: number }>`
    select count(*) as parts from stored_file_part own
    where own.id_file = ${job.file?.file_id}`.execute(server.main.db);
  assert.equal(left.rows[0]?.parts, 0);
  assert.equal((await operator.call('getJob', { id: job.job_id })).state, 'done');
});
