import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvRecords } from '../../../src/intake/file/csv/records.ts';

test('what is written by RFC 4180 is read as it was, with its lines', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', '\n', '\r', '\r\n', ' ') });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom('\n', '\r\n', '\r'), async (rows, end) => {
      const quoted = rows.map((cells) =>
        cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(';'),
      );
      let line = 1;
      const expected = rows.map((cells, index) => {
        const row = { line, cells };
        line += (quoted[index] ?? '').split(/\r\n|\r|\n/).length;
        return row;
      });
      const read = [];
      for await (const row of csvRecords(pieces(quoted.join(end)), ';')) read.push(row);
      assert.deepEqual(read, expected);
    }),
  );
});

async function* pieces(text: string): AsyncGenerator<string> {
  for (let index = 0; index < text.length; index += 3) yield text.slice(index, index + 3);
}
