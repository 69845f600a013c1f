import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { publishedCrm } from '../support/crm.ts';
import { ended, upload } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { xlsxOf } from '../support/xlsx.ts';

let server: TestServer;
let operator: SignedIn;

before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  await makeSource(server, 'salons', 'file', { id_programme: 145 });
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());

const row = (texts: readonly string[], number?: string): string => {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
  return number === undefined ? `<row>${cells}</row>` : `<row r="${number}">${cells}</row>`;
};

const send = (rows: string): Promise<string> =>
  upload(operator, xlsxOf({ rows }), { name: 'salon.xlsx' });

test('the sheets that are not read are named, but for those that are hidden or hold nothing', async () => {
  const rows = row(['telephone']) + row(['06 12 00 00 31']);
  const before: [string, 'visible' | 'hidden', string][] = [
    ['Dimanche', 'visible', row(['telephone']) + row(['06 12 00 00 32'])],
    ['Listes', 'hidden', row(['oui'])],
    ['Feuil3', 'visible', row([])],
  ];
  const fileId = await upload(operator, xlsxOf({ before, rows }), { name: 'salon.xlsx' });
  const request = { source: 'salons', fileId };
  const first = await operator.call('previewImport', request);
  assert.deepEqual([first.sheet, first.other_sheets], ['Dimanche', ['Leads']]);
  const second = await operator.call('previewImport', { ...request, sheet: 'Leads' });
  assert.deepEqual([second.sheet, second.other_sheets], ['Leads', ['Dimanche']]);
});

test('a title of characters that no text may hold is one like any other', async () => {
  for (const [index, title] of ['_x0000_', '_xD800_', '_x0000_nom'].entries()) {
    const rows = row(['telephone', title]) + row([`06 12 00 00 1${index}`, `Salon ${index}`]);
    const request = { source: 'salons', fileId: await send(rows) };
    const preview = await operator.call('previewImport', request);
    assert.equal(preview.columns[1]?.title, title.replace(/_x.{4}_/, '\ufffd'));
    const { job_id } = await operator.call('startImport', request);
    const job = await ended(operator, job_id, 'main');
    assert.deepEqual([job.state, job.counts.accepted], ['done', 1]);
  }
});

for (const numbers of [
  ...[['99999999999'], ['1048577'], ['abc'], ['2.5'], ['-4'], ['0'], ['']],
  ...[
    ['5', '2'],
    ['2', '2'],
  ],
]) {
  test(`rows numbered ${JSON.stringify(numbers)} are refused in a sentence, and none is stored`, async () => {
    const leads = numbers.map((number, index) => row([`06 12 00 00 2${index}`], number));
    const fileId = await send([row(['telephone'], '1'), ...leads].join(''));
    for (const operation of ['previewImport', 'startImport'] as const) {
      const request = { source: 'salons', fileId };
      const said = await operator.call(operation, request, { expect: 'invalid_parameter' });
      assert.match(said, /not numbered in rising order/);
    }
    const running = await sql`select from import where state <> 'done'`.execute(server.main.db);
    assert.equal(running.rows.length, 0);
  });
}
