import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { exportColumns, type operatorOperations } from '@relais/contract';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { download, ended, tableOf } from '../support/files.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { freshServer, spawnServer, type TestServer } from '../support/server.ts';
import { caller, openSession, type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
});

const on = () => ({ database: database.nom });

type Parameters = z.input<(typeof operatorOperations)['exportContacts']['request']>;

async function exported(parameters: Parameters) {
  const { job_id } = await operator.call('exportContacts', parameters, on());
  const job = await ended(operator, job_id, database.nom);
  assert.equal(job.state, 'done', job.problem ?? '');
  return { job, content: await download(operator, job, database.nom) };
}

const FORMULAS = ['=1+1', '+33', '-2', '@SUM(A1)', '\t=1', '\r=1', "'=1", '=cmd|"/c calc"!A1'];

/** One person with a contact for each text. */
const hostile = (texts: readonly string[]) => ({
  ...publishedCrm(),
  actions: texts.map((commentaire, index) => ({
    ...{ id: index + 1, idProspect: 5002, idProgramme: 145, idStatut: READY, commentaire },
    created_at: `2026-07-01T08:00:${String(index).padStart(2, '0')}Z`,
  })),
});

test('a CSV export is written as Excel in French reads it', async () => {
  await loadInto(database, publishedCrm());
  const { job, content } = await exported({
    format: 'csv',
    columns: ['prospect_nom', 'action_id', 'action_date', 'pulled_at', 'prospect_telephone'],
  });
  assert.equal(
    content.toString(),
    '\ufeffN° de contact;Date de la demande;Nom;Téléphone;Transmis le\r\n' +
      "1045;23/11/2026 09:00;Dupont;'+33612345678;\r\n",
  );
  assert.match(job.file?.nom ?? '', /^contacts-\d{4}-\d\d-\d\d\.csv$/);
  assert.deepEqual(job.counts, { contacts: 1, persons: 1 });
  assert.equal(job.done, 1);
  assert.equal(job.total, 1);
});

test('times are those of Paris, in summer too', async () => {
  const at = '2026-07-01T22:30:00Z';
  const action = { id: 1, idProspect: 5002, idProgramme: 145, idStatut: READY, created_at: at };
  await loadInto(database, { ...publishedCrm(), actions: [action] });
  const { content } = await exported({ format: 'csv', columns: ['action_date'] });
  assert.match(content.toString(), /02\/07\/2026 00:30/);
});

test('no cell of a CSV export begins as a formula does', async () => {
  await loadInto(database, hostile(FORMULAS));
  const { content } = await exported({ format: 'csv', columns: ['action_commentaire'] });
  const cells = content
    .toString()
    .slice(1)
    .split(/\r\n|;/);
  for (const cell of cells) assert.doesNotMatch(cell.replace(/^"/, ''), /^[=+\-@\t\r]/);
});

for (const format of ['csv', 'xlsx'] as const) {
  test(`what people typed is read back from ${format} as it was`, async (t) => {
    const texts = [
      ...FORMULAS,
      'une ligne\nune autre',
      'avec ; et "guillemets"',
      '<b>&amp;</b>',
      '_x000D_ et _x',
      'été 😀',
      '\u0001\u000b',
    ];
    await loadInto(database, hostile(texts));
    const { content } = await exported({ format, sort: 'oldest' });
    const table = await tableOf(t, content);
    const unspelled = (cell = '') =>
      format === 'csv' ? cell.replace(/^'(?='*[=+\-@\t\r])/, '') : cell;
    assert.deepEqual(
      table.map((row) => unspelled(row.Commentaire)),
      texts,
    );
    assert.deepEqual(Object.keys(table[0] ?? {}), Object.values(exportColumns));
    assert.equal(table[0]?.['N° de contact'], '1');
    assert.equal(unspelled(table[0]?.Téléphone), '+33612345678');
    if (format === 'xlsx') assert.equal(table[1]?.['Date de la demande'], '2026-07-01T10:00:01');
  });
}

test('a commentaire longer than a cell of Excel is cut in XLSX, and whole in CSV', async (t) => {
  const long = `${'é'.repeat(32_766)}😀${'x'.repeat(9)}`;
  await loadInto(database, hostile([long]));
  const columns = ['action_commentaire' as const];
  const [cut] = await tableOf(t, (await exported({ format: 'xlsx', columns })).content);
  assert.equal(cut?.Commentaire, `${'é'.repeat(32_766)}…`);
  const [whole] = await tableOf(t, (await exported({ format: 'csv', columns })).content);
  assert.equal(whole?.Commentaire, long);
});

test('an export holds exactly what a search with its filters shows, in its order', async (t) => {
  await loadInto(database, queueCrm(40));
  await sql`update action set id_statut = ${QUALIFY} where action.id % 5 = 0`.execute(database.db);
  const filters: Omit<Parameters, 'format'>[] = [
    {},
    { regionIds: [30] },
    { statutIds: [QUALIFY], sort: 'oldest' },
    { search: 'Nom 3' },
    { search: '12' },
    { sort: 'longest_ready' },
    { from: '2026-01-01T00:00:10Z', to: '2026-01-01T00:00:20Z' },
    { search: 'nobody at all' },
  ];
  for (const filter of filters) {
    const shown = await operator.call('searchContacts', { ...filter, limit: 200 }, on());
    const { content, job } = await exported({
      format: 'csv',
      columns: ['action_id', 'prospect_email'],
      ...filter,
    });
    const table = job.counts.contacts === 0 ? [] : await tableOf(t, content);
    assert.deepEqual(
      table.map((row) => Number(row['N° de contact'])),
      shown.items.map((contact) => contact.action_id),
      JSON.stringify(filter),
    );
  }
});

test('an export stands in the audit: who, which filter, how many, and nobody by name', async () => {
  await loadInto(database, publishedCrm());
  const { job } = await exported({ format: 'xlsx', search: 'dupont', statutIds: [READY] });
  const admin = await signedIn(server, 'admin');
  const audit = await admin.call('listAudit', { scope: 'database', act: 'contacts.export' }, on());
  assert.equal(audit.items[0]?.actor, `staff:${operator.staff.id}`);
  assert.equal(audit.items[0]?.target, `job:${job.job_id}`);
  assert.deepEqual(audit.items[0]?.detail, {
    format: 'xlsx',
    search: true,
    statuts: [READY],
    contacts: 1,
    persons: 1,
  });
});

test('exports are for admins, operators and the dpo', async () => {
  for (const role of ['admin', 'operateur', 'dpo'] as const) {
    const { job_id } = await (await signedIn(server, role)).call(
      'exportContacts',
      { format: 'csv' },
      on(),
    );
    assert.ok(job_id > 0);
  }
  const reader = await signedIn(server, 'lecture');
  const refused = { ...on(), expect: 'role_not_allowed' } as const;
  await reader.call('exportContacts', { format: 'csv' }, refused);
});

test('an export of more than the heap holds passes through it', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(5_500));
  // 158 MB together, in a column that no search reads.
  await sql`
    update action set source_reference = repeat(md5(action.id::text), 900)
  `.execute(installation.main.db);
  const child = await spawnServer({
    DATABASE_URL: installation.catalogUrl,
    NODE_OPTIONS: '--max-old-space-size=120 --max-semi-space-size=1',
  });
  t.after(() => child.end());
  const { id } = (await signedIn({ ...installation, url: child.url }, 'admin')).staff;
  const cookie = await openSession(installation, id);
  const admin = caller(child.url, cookie);
  for (const format of ['csv', 'xlsx'] as const) {
    const { job_id } = await admin.call('exportContacts', {
      format,
      columns: ['source_reference'],
    });
    const job = await ended(admin, job_id);
    assert.equal(job.state, 'done', job.problem ?? '');
    assert.equal(job.done, 5_500);
    if (format === 'csv') assert.ok((job.file?.bytes ?? 0) > 150e6);
  }
});
