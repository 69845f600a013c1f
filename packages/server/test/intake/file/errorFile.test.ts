import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openErrorFile } from '../../../src/intake/file/errorFile.ts';
import {
  columnsOf,
  correctedLead,
  readRow,
  suggestMapping,
} from '../../../src/intake/file/mapping.ts';
import { openRows } from '../../../src/intake/file/openRows.ts';
import { temporaryFolder } from '../../support/command.ts';
import { rowsOf } from '../../support/rowFile.ts';

/** Reads a file as an import does: each lead with the one that it corrects. */
async function leadsOf(path: string) {
  const file = await openRows(path);
  const columns = columnsOf(suggestMapping(file.titles), file.titles);
  return (await rowsOf(file)).map((row) => ({
    corrects: correctedLead(columns, row),
    lead: readRow(columns, row),
  }));
}

test('rows are written for Excel in French, and run no formula there', async (t) => {
  const path = join(await temporaryFolder(t), 'errors.csv');
  const file = openErrorFile(path, ['nom', 'telephone', '=cmd']);
  const cells = ['Le "Gall"; Zoé', '+33612345678', '=HYPERLINK("http://x")'];
  await file.add({ line: 2, cells }, 12, [
    { code: 'no_contact_details', suggestion: 'Peut-être « Les Pins »' },
    { code: 'test_lead' },
  ]);
  await file.add({ line: 3, cells: ['-1', "'@x", 'a\nb', '\tbeyond'] }, 13, []);
  assert.equal(await file.close(), 2);
  assert.equal(
    await readFile(path, 'utf8'),
    [
      "\uFEFFrelais_lead;relais_reason;relais_meaning;relais_suggestion;nom;telephone;'=cmd",
      `12;no_contact_details, test_lead;Ni téléphone ni adresse e-mail lisibles. C’est un lead d’essai : il n’atteint jamais un vrai client.;Peut-être « Les Pins »;"Le ""Gall""; Zoé";'+33612345678;"'=HYPERLINK(""http://x"")"`,
      `13;;;;'-1;''@x;"a\nb";'\tbeyond\r\n`,
    ].join('\r\n'),
  );
});

test('there is no file until there is a row, and then only its owner may read it', async (t) => {
  const path = join(await temporaryFolder(t), 'errors.csv');
  const none = openErrorFile(path, ['nom']);
  assert.equal(await none.close(), 0);
  assert.equal(existsSync(path), false);

  await writeFile(path, 'of an earlier import', { mode: 0o644 });
  const some = openErrorFile(path, ['nom']);
  await some.add({ line: 2, cells: ['Paz'] }, 1, []);
  await some.close();
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.doesNotMatch(await readFile(path, 'utf8'), /earlier/);
});

test('a lead comes back from a file of ours as it went in, however often', async (t) => {
  const folder = await temporaryFolder(t);
  const piece = fc.constantFrom(
    '=',
    '+33',
    '-',
    '@',
    '\t',
    '\r',
    "'",
    '"',
    ';',
    '\n',
    'é',
    ' ',
    'x',
  );
  const cell = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const table = fc.array(fc.array(cell, { maxLength: 5 }), { minLength: 1, maxLength: 5 });
  let files = 0;
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      let titles: readonly string[] = ['nom', 'telephone', 'colonne 3'];
      const columns = columnsOf(suggestMapping(titles), titles);
      const expected = rows.map((cells, index) => ({
        corrects: index + 1,
        lead: readRow(columns, { line: 0, cells }),
      }));
      let written = rows.map(
        (cells) => ({ line: 0, cells }) as { line: number; cells: readonly string[] },
      );
      for (const round of [1, 2]) {
        files += 1;
        const path = join(folder, `${files}-${round}.csv`);
        const file = openErrorFile(path, titles);
        for (const [index, row] of written.entries()) await file.add(row, index + 1, []);
        await file.close();
        assert.deepEqual(await leadsOf(path), expected);
        const again = await openRows(path);
        titles = again.titles;
        written = await rowsOf(again);
      }
    }),
    { numRuns: 60 },
  );
});
