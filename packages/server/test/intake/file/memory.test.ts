import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../support/command.ts';
import { xlsxOf } from '../../support/xlsx.ts';

const ROWS = 100_000;
const COLUMNS = Array.from({ length: 12 }, (_, index) => index);
const cell = (row: number, column: number): string =>
  `a text of row ${row} and column ${column} as long as an address`;

/**
 * Reads a file in a process whose heap has no room for its rows: held, 1.2 million texts of 60
 * characters take more than 80 MB. Gives the number of rows and the most that the heap had.
 */
async function readInLittleMemory(path: string): Promise<{ rows: number; heap: number }> {
  const openRows = new URL('../../../src/intake/file/openRows.ts', import.meta.url);
  const program = `
    import { openRows } from ${JSON.stringify(openRows.href)};
    const file = await openRows(${JSON.stringify(path)});
    let rows = 0;
    let heap = 0;
    for await (const row of file.rows()) {
      rows += 1;
      if (rows % 1000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed);
    }
    console.log(JSON.stringify({ rows, heap }));`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--max-old-space-size=64', '--input-type=module', '--eval', program],
  ]);
  return JSON.parse(stdout);
}

test('100,000 rows of a CSV file pass through a small heap', async (t) => {
  const path = join(await temporaryFolder(t), 'leads.csv');
  const lines = function* () {
    for (let row = 0; row <= ROWS; row += 1) {
      yield `${COLUMNS.map((column) => cell(row, column)).join(';')}\r\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
  const { rows, heap } = await readInLittleMemory(path);
  assert.equal(rows, ROWS + 1);
  assert.ok(heap < 64 * 1024 ** 2, `${heap} bytes of heap`);
});

test('100,000 rows of an XLSX file pass through a small heap, shared texts and all', async (t) => {
  const path = join(await temporaryFolder(t), 'leads.xlsx');
  let rows = '';
  let strings = '';
  for (let row = 0; row < ROWS; row += 1) {
    // Half of the texts are shared, none of them twice.
    const cells = COLUMNS.map((column) =>
      column % 2 === 0
        ? `<c t="s"><v>${row * 6 + column / 2}</v></c>`
        : `<c t="inlineStr"><is><t>${cell(row, column)}</t></is></c>`,
    );
    rows += `<row>${cells.join('')}</row>`;
    for (const column of COLUMNS)
      if (column % 2 === 0) strings += `<si><t>${cell(row, column)}</t></si>`;
  }
  await writeFile(path, xlsxOf({ rows, strings }));
  const read = await readInLittleMemory(path);
  assert.equal(read.rows, ROWS);
  assert.ok(read.heap < 64 * 1024 ** 2, `${read.heap} bytes of heap`);
});
