import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { publishedCrm } from '../support/crm.ts';
import { download, ended, tableOf, upload } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { xlsxOf } from '../support/xlsx.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());
/** Names of sources are one in the installation. */
let salons = '';
beforeEach(async () => {
  database = await server.create();
  salons = `salons-${database.nom}`;
  await loadInto(database, publishedCrm());
  await makeSource(server, salons, 'file', { database });
  // By their telephone Dupont is known.
  await sql`
    insert into prospect_identity (value, id_prospect) values ('+33612345678', 5002)
    on conflict do nothing`.execute(database.db);
});

const on = () => ({ database: database.nom });
const send = (content: string | Buffer, name = 'visiteurs.csv') =>
  upload(operator, content, { name, ...on() });

const LEADS = [
  'Nom;Tél bureau;Programme;Avis',
  "Durand;06 11 22 33 44;Les Jardins de l'Aube;=1+1",
  'Dupont;+33612345678;145;déjà venu',
  "Martin;06 55 66 77 88;Les Jardins de l'Aub;<script>alert(1)</script>",
].join('\r\n');

const choices = [{ title: 'Tél bureau', use: 'telephone' as const }];

const start = async (fileId: string, more: object = {}) => {
  const parameters = { source: salons, fileId, choices, ...more };
  const started = await operator.call('startImport', parameters, on());
  return { ...started, job: await ended(operator, started.job_id, database.nom) };
};

const counted = async () =>
  (await operator.call('searchContacts', {}, on())).items.map((contact) => contact.prospect_nom);

test('a preview tells how a file is understood, and stores nothing', async () => {
  const fileId = await send(Buffer.from(LEADS, 'latin1'));
  const preview = await operator.call('previewImport', { source: salons, fileId, choices }, on());
  assert.equal(preview.nom, 'visiteurs.csv');
  assert.equal(preview.format, 'csv');
  assert.equal(preview.encoding, 'windows-1252');
  assert.equal(preview.separator, ';');
  assert.equal(preview.has_header, true);
  assert.equal(preview.rows, 3);
  assert.deepEqual(
    preview.columns.map(({ title, use }) => [title, use]),
    [
      ['Nom', 'nom'],
      ['Tél bureau', 'telephone'],
      ['Programme', 'programme'],
      ['Avis', 'answer'],
    ],
  );
  assert.deepEqual(
    preview.items.map(({ line, outcome, known }) => [line, outcome, known]),
    [
      [2, 'accepted', false],
      [3, 'accepted', true],
      [4, 'quarantined', null],
    ],
  );
  assert.deepEqual(preview.items[2]?.cells[3], '<script>alert(1)</script>');
  assert.deepEqual(
    preview.items[2]?.reasons.map(({ code }) => code),
    ['unknown_programme'],
  );
  assert.equal(preview.problem, null);
  assert.equal(preview.earlier, null);
  assert.deepEqual(await counted(), ['Dupont']);
  assert.equal((await operator.call('listImports', {}, on())).total, 0);
});

test('a file whose columns are not understood is shown with what is missing', async () => {
  const fileId = await send(LEADS);
  const parameters = { source: salons, fileId };
  const preview = await operator.call('previewImport', parameters, on());
  assert.match(preview.problem ?? '', /No column is a telephone/);
  assert.equal(preview.columns.length, 4);
  // The rows are shown all the same: what is in a column tells what it is.
  assert.ok(preview.items.some(({ cells }) => cells[1] === '06 11 22 33 44'));
  assert.ok(preview.items.every(({ outcome }) => outcome === 'quarantined'));
  const problem = await operator.call('startImport', parameters, {
    ...on(),
    expect: 'invalid_parameter',
  });
  assert.match(problem, /Invalid parameter "fileId": .*telephone/);
});

test('no more than 20 rows are tried, however many there are', async () => {
  const rows = Array.from({ length: 45 }, (_, row) => `Nom ${row};06112233${10 + row};145`);
  const fileId = await send(['nom;telephone;programme', ...rows].join('\n'));
  const preview = await operator.call('previewImport', { source: salons, fileId }, on());
  assert.equal(preview.rows, 45);
  assert.equal(preview.items.length, 20);
});

test('a file that is no table is refused with what it is', async () => {
  for (const [content, said] of [
    ['%PDF-1.7', /PDF/],
    ['<html><table></table></html>', /web page/],
    ['PK\x03\x04rubbish', /damaged|no XLSX/],
  ] as const) {
    const parameters = { source: salons, fileId: await send(content) };
    for (const operation of ['previewImport', 'startImport'] as const) {
      const sentence = await operator.call(operation, parameters, {
        ...on(),
        expect: 'invalid_parameter',
      });
      assert.match(sentence, said);
    }
  }
});

test('an import tells what became of its rows, and gives back those that wait', async (t) => {
  const { job, import_id } = await start(await send(LEADS));
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.equal(job.kind, 'import');
  assert.equal(job.subject, 'visiteurs.csv');
  assert.equal(job.import_id, import_id);
  assert.equal(job.done, 3);
  assert.equal(job.total, 3);
  assert.deepEqual(job.counts, { accepted: 2, merged: 0, quarantined: 1, repeated: 0 });
  assert.equal(job.file?.nom, 'visiteurs.errors.csv');
  const waiting = await tableOf(t, await download(operator, job, database.nom));
  assert.equal(waiting.length, 1);
  assert.equal(waiting[0]?.Nom, 'Martin');
  assert.equal(waiting[0]?.relais_reason, 'unknown_programme');

  const { items } = await operator.call('listImports', {}, on());
  assert.equal(items[0]?.id, import_id);
  assert.equal(items[0]?.started_by_nom, operator.staff.nom);
  const found = await operator.call('getImport', { id: import_id }, on());
  assert.deepEqual(found.import, items[0]);
  assert.deepEqual(found.job, job);
  assert.equal(found.columns.telbureau, 'telephone');
  assert.ok(found.file_id);
});

test('the file of rows that wait, corrected, lets them in', async () => {
  const first = await start(await send(LEADS));
  const file = (await download(operator, first.job, database.nom)).toString();
  const corrected = file.replace(/Les Jardins de l'Aub(?=;)/, "Les Jardins de l'Aube");
  const second = await start(await send(corrected, 'visiteurs.errors.csv'));
  assert.deepEqual(second.job.counts, { accepted: 1, merged: 0, quarantined: 0, repeated: 0 });
  assert.equal(second.job.file, null);
  const before = await operator.call('getImport', { id: first.import_id }, on());
  assert.equal(before.import.quarantined, 0);
});

test('the same file again is told, with the import that it was', async () => {
  const first = await start(await send(LEADS));
  const fileId = await send(LEADS, 'copie.csv');
  const parameters = { source: salons, fileId, choices };
  const preview = await operator.call('previewImport', parameters, on());
  assert.equal(preview.earlier?.import_id, first.import_id);
  assert.equal(preview.earlier?.state, 'done');
  const told = await operator.call('startImport', parameters, {
    ...on(),
    expect: 'imported_before',
  });
  assert.match(told, new RegExp(`import ${first.import_id}\\)`));
});

test('two starts of one file are one import', async () => {
  const fileId = await send(LEADS);
  const parameters = { source: salons, fileId, choices };
  const started = await Promise.allSettled(
    Array.from({ length: 5 }, () => operator.call('startImport', parameters, on())),
  );
  const ids = started.flatMap((one) => (one.status === 'fulfilled' ? one.value.job_id : []));
  assert.equal(new Set(ids).size, 1);
  await ended(operator, ids[0] ?? 0, database.nom);
  assert.equal((await operator.call('listImports', {}, on())).total, 1);
  assert.equal((await counted()).length, 3);
});

test('an import that is taken back leaves nothing but what it names, and may be done anew', async () => {
  const fileId = await send(LEADS);
  const first = await start(fileId);
  assert.equal((await counted()).length, 3);
  const { job_id } = await operator.call('undoImport', { id: first.import_id }, on());
  const job = await ended(operator, job_id, database.nom);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual(job.counts, { undone: 3, kept: 0 });
  assert.deepEqual(await counted(), ['Dupont']);
  const after = await operator.call('getImport', { id: first.import_id }, on());
  assert.equal(after.import.state, 'undone');
  assert.equal(after.import.undone, 3);
  await operator.call('undoImport', { id: first.import_id }, { ...on(), expect: 'record_in_use' });
  const again = await start(fileId);
  assert.notEqual(again.import_id, first.import_id);
  assert.equal(again.job.counts.accepted, 2);
});

test('a person who was corrected since an import stays as corrected when it is taken back', async () => {
  const first = await start(await send(LEADS));
  const { items } = await operator.call('searchContacts', { search: 'Durand' }, on());
  const prospectId = items[0]?.prospect_id ?? 0;
  const reason = 'called back';
  await operator.call(
    'correctProspect',
    { prospectId, nom: 'Durant', ville: 'Nice', reason },
    on(),
  );
  const { job_id } = await operator.call('undoImport', { id: first.import_id }, on());
  const job = await ended(operator, job_id, database.nom);
  assert.deepEqual(job.counts, { undone: 2, kept: 1 });
  assert.deepEqual((await counted()).sort(), ['Dupont', 'Durant']);
  const { prospect, identities } = await operator.call('getProspect', { prospectId }, on());
  assert.equal(prospect.prospect_ville, 'Nice');
  assert.deepEqual(
    identities.map(({ value }) => value),
    ['+33611223344'],
  );
});

test('an XLSX file is imported by the sheet that is named', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = (nom: string) =>
    `<row>${['nom', 'email', 'programme'].map(cell).join('')}</row>` +
    `<row>${[nom, `${nom}@example.com`, '145'].map(cell).join('')}</row>`;
  const file = xlsxOf({ rows: sheet('leads'), before: [['Avril', 'visible', sheet('avril')]] });
  const fileId = await send(file, 'salon.xlsx');
  const preview = await operator.call('previewImport', { source: salons, fileId }, on());
  assert.equal(preview.sheet, 'Avril');
  const { job } = await start(fileId, { choices: [], sheet: 'Leads' });
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual((await counted()).sort(), ['Dupont', 'leads']);
});

test('what the console does not know is refused', async () => {
  const fileId = await send(LEADS);
  const gone = { ...on(), expect: 'record_not_found' } as const;
  await operator.call('previewImport', { source: 'none', fileId }, gone);
  const other = 'b2f8e9ce-4b86-4a54-9a2f-3a5c9a0f5d11';
  await operator.call('previewImport', { source: salons, fileId: other }, gone);
  await operator.call('startImport', { source: salons, fileId: other }, gone);
  await operator.call('getImport', { id: 999 }, gone);
  await operator.call('undoImport', { id: 999 }, gone);
  const said = await operator.call(
    'previewImport',
    { source: salons, fileId, choices: [{ title: 'Nowhere', use: 'nom' }] },
    { ...on(), expect: 'invalid_parameter' },
  );
  assert.match(said, /no column "Nowhere"/);
  await operator.call(
    'previewImport',
    { source: salons, fileId, encoding: 'klingon' },
    {
      ...on(),
      expect: 'invalid_parameter',
    },
  );
});

test('a preview of an import that was broken off tells the rows that it comes to next', async () => {
  const fileId = await send(LEADS);
  const asked = { source: salons, fileId, choices };
  const { import_id } = await start(fileId);
  const told = async () =>
    (await operator.call('previewImport', asked, on())).items.map(({ line }) => line);
  assert.deepEqual(await told(), [2, 3, 4]);
  await sql`
    update import set state = 'running', position = 3
    where import.id = ${import_id}`.execute(database.db);
  assert.deepEqual(await told(), [4]);
});

test('who only reads sees imports, and starts none', async () => {
  const fileId = await send(LEADS);
  const { import_id } = await start(fileId);
  for (const role of ['lecture', 'dpo'] as const) {
    const reader = await signedIn(server, role);
    assert.equal((await reader.call('listImports', {}, on())).total, 1);
    const found = await reader.call('getImport', { id: import_id }, on());
    assert.equal(found.job?.cancellable, false);
    const refused = { ...on(), expect: 'role_not_allowed' } as const;
    await reader.call('previewImport', { source: salons, fileId }, refused);
    await reader.call('startImport', { source: salons, fileId }, refused);
    await reader.call('undoImport', { id: import_id }, refused);
  }
});
