import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { formatOf } from '../../../src/intake/file/xlsx/styles.ts';
import { cellsOf, rowFileOf, rowsOf } from '../../support/rowFile.ts';
import { type XlsxParts, xlsxOf } from '../../support/xlsx.ts';
import { zipOf } from '../../support/zip.ts';

const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (value: string, style = 0): string => `<c s="${style}"><v>${value}</v></c>`;
const row = (...cells: string[]): string => `<row>${cells.join('')}</row>`;
const TITLES = row(text('nom'), text('telephone'), text('message'));

/** Cell styles with these number formats, in this order. */
const styles = (...codes: string[]): string => {
  const formats = codes.map(
    (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`,
  );
  const cells = codes.map((_, index) => `<xf numFmtId="${164 + index}"/>`);
  return `<numFmts>${formats.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>${cells.join('')}</cellXfs>`;
};

/** What the cells of one row come out as. */
async function read(
  t: TestContext,
  cells: readonly string[],
  parts: Partial<XlsxParts> = {},
): Promise<readonly string[] | undefined> {
  const file = await rowFileOf(t, xlsxOf({ rows: TITLES + row(...cells, text('end')), ...parts }));
  const [found] = await cellsOf(file);
  return found?.slice(0, -1);
}

test('texts are read whether shared or inline, in one run or in several', async (t) => {
  const strings = `<si><t>Zoé &amp; Ørn</t></si>
    <si><r><rPr><b/></rPr><t xml:space="preserve">Le </t></r><r><t>Gall</t></r>
      <rPh sb="0" eb="1"><t>phonetic</t></rPh><phoneticPr fontId="1"/></si>
    <si><t>a_x000D_&#10;b_x005F_x</t></si><si/>`;
  const shared = (index: number) => `<c t="s"><v>${index}</v></c>`;
  const runs = '<c t="inlineStr"><is><r><t>Le </t></r><r><t><![CDATA[<Gall>]]></t></r></is></c>';
  const found = await read(t, [...[0, 1, 2, 3].map(shared), runs], { strings });
  assert.deepEqual(found, ['Zoé & Ørn', 'Le Gall', 'a\r\nb_x', '', 'Le <Gall>']);
});

test('a number keeps its digits: a telephone has no exponent and no point', async (t) => {
  const numbers = {
    '612345678': '612345678',
    '33612345678': '33612345678',
    '6.12345678E8': '612345678',
    '3.3612345678E10': '33612345678',
    '1.5e-3': '0.0015',
    '-2.50': '-2.5',
    '7.0': '7',
    '0': '0',
    '0.30000000000000004': '0.30000000000000004',
    '1E2': '100',
  };
  const found = await read(
    t,
    Object.keys(numbers).map((value) => number(value)),
  );
  assert.deepEqual(found, Object.values(numbers));
});

test('a number that its format shows with zeros in front has them', async (t) => {
  const phone = '0#&quot; &quot;##&quot; &quot;##&quot; &quot;##&quot; &quot;##';
  const found = await read(
    t,
    [number('6000', 3), number('612345678', 4), number('33612345678', 4), number('5', 5)],
    { styles: styles('00000', phone, '#,##0.00\\ &quot;€&quot;') },
  );
  assert.deepEqual(found, ['06000', '0612345678', '33612345678', '5']);
});

test('a date is read as ISO 8601, in the calendar from 1900 and in that from 1904', async (t) => {
  const french = styles('[$-40C]d\\ mmmm\\ yyyy;@', 'hh:mm', '[h]:mm');
  const dates = [
    ...[number('46349', 1), number('46349.354166666664', 2), number('46349', 3)],
    ...[number('0.354166666666667', 4), number('1.5', 5), number('59', 1), number('61', 1)],
    ...[number('46349.999999', 2), number('-3', 1), number('46349', 0)],
    '<c t="d"><v>2026-11-23T08:30:00</v></c>',
  ];
  assert.deepEqual(await read(t, dates, { styles: french }), [
    ...['2026-11-23', '2026-11-23T08:30:00', '2026-11-23'],
    ...['08:30:00', '1.5', '1900-02-28', '1900-03-01'],
    ...['2026-11-24', '-3', '46349', '2026-11-23T08:30:00'],
  ]);
  const mac = await read(t, [number('44887', 1)], {
    styles: french,
    properties: '<workbookPr date1904="1"/>',
  });
  assert.deepEqual(mac, ['2026-11-23']);
});

test('a format is known as one of dates by its code', () => {
  for (const code of ['dd/mm/yyyy', 'YYYY-MM-DD HH:MM:SS', '[$-F400]h:mm:ss AM/PM', 'mmm yy']) {
    assert.equal(formatOf(code).date, true, code);
  }
  const others = ['General', '0.00E+00', '"jour "0', '[Red]0', '0\\d', '_-* #,##0 [$€-40C]_-', '@'];
  for (const code of others) assert.equal(formatOf(code).date, false, code);
});

test('formulas give their last value, errors nothing, yes and no a word', async (t) => {
  const found = await read(t, [
    '<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>',
    '<c><f>1+1</f><v>2</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<c t="b"><v>1</v></c>',
    '<c t="b"><v>0</v></c>',
    '<c s="1"/>',
    '<c><f>A1</f></c>',
  ]);
  assert.deepEqual(found, ['ax', '2', '', 'true', 'false', '', '']);
});

test('cells and rows stand where their references say', async (t) => {
  const rows = `<row r="3"><c r="A3" t="str"><v>nom</v></c><c r="C3" t="str"><v>ville</v></c></row>
    <row r="7"><c r="B7" t="str"><v> </v></c></row>
    <row r="9"><c r="AB9" t="str"><v>x</v></c></row>${row(text('Zoé'))}`;
  const file = await rowFileOf(t, xlsxOf({ rows }));
  assert.deepEqual(file.titles.slice(0, 4), ['nom', 'colonne 2', 'ville', 'colonne 4']);
  assert.deepEqual(await rowsOf(file), [
    { line: 9, cells: [...Array(27).fill(''), 'x'] },
    { line: 10, cells: ['Zoé'] },
  ]);
  assert.deepEqual(await rowsOf(file, 10), [{ line: 10, cells: ['Zoé'] }]);
  assert.equal(file.position(), file.bytes);
});

test('a cell that is merged with those below says on each row what it holds', async (t) => {
  const none = '<c/>';
  const rows = [
    row(text('programme'), text('nom'), text('telephone')),
    row(text('Le Parc'), text('Zoé'), text('0612345601')),
    row(none, text('Ana'), text('0612345602')),
    row(none, none, none),
    row(text('own'), text('Léo'), text('0612345603')),
    row(text('Les Quais'), text('Max'), text('0612345604')),
    row(none, text('Lou'), text('0612345605')),
    row(none, text('Eva'), text('0612345606')),
  ].join('');
  // The last one but one begins in no cell, as a broken file has it.
  const merged = ['A6:A7', 'B2:C2', 'A2:$A$5', 'A:A', 'Z3:Z9'];
  const file = await rowFileOf(t, xlsxOf({ rows, merged }));
  assert.deepEqual(await cellsOf(file), [
    ['Le Parc', 'Zoé', '0612345601'],
    ['Le Parc', 'Ana', '0612345602'],
    ['own', 'Léo', '0612345603'],
    ['Les Quais', 'Max', '0612345604'],
    ['Les Quais', 'Lou', '0612345605'],
    ['', 'Eva', '0612345606'],
  ]);
  const [again] = await rowsOf(file, 3);
  assert.deepEqual(again, { line: 3, cells: ['Le Parc', 'Ana', '0612345602'] });
});

test('the first sheet that is not hidden is read, or the one that is named', async (t) => {
  const before = [
    ['Listes', 'hidden', row(text('secret'))],
    ['Macros', 'veryHidden', row(text('secret'))],
    ['Mai', 'visible', row(text('nom')) + row(text('Zoé'))],
  ] as const;
  const bytes = xlsxOf({ before, rows: row(text('nom')) + row(text('Paz')) });
  const first = await rowFileOf(t, bytes);
  assert.equal(first.format, 'xlsx');
  assert.equal(first.sheet, 'Mai');
  assert.deepEqual(await cellsOf(first), [['Zoé']]);
  const named = await rowFileOf(t, bytes, { sheet: ' leads ' });
  assert.equal(named.sheet, 'Leads');
  assert.deepEqual(await cellsOf(named), [['Paz']]);
  await assert.rejects(rowFileOf(t, bytes, { sheet: 'x' }), {
    name: 'FileError',
    message: 'The file has no sheet of that name; it has: Mai, Leads.',
  });
});

test('a file of other programs is read: prefixed names, absolute targets, parts elsewhere', async (t) => {
  const main = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"';
  const uri = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
  const related = (items: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items}</Relationships>`;
  const bytes = zipOf({
    'docs/sheet.xml': `\uFEFF<x:worksheet ${main}><x:sheetData><x:row><x:c t="str"><x:v>nom</x:v></x:c></x:row><x:row><x:c t="str"><x:v>Zoé</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    'docs/book.xml': `<x:workbook ${main} xmlns:q="${uri}"><x:sheets><x:sheet name="S" q:id="a"/></x:sheets></x:workbook>`,
    'docs/_rels/book.xml.rels': related(
      `<Relationship Id="a" Type="${uri}/worksheet" Target="/docs/sheet.xml"/>`,
    ),
    '_rels/.rels': related(
      `<Relationship Id="a" Type="${uri}/officeDocument" Target="docs/book.xml"/>`,
    ),
  });
  assert.deepEqual(await cellsOf(await rowFileOf(t, bytes)), [['Zoé']]);
});

test('what is no XLSX file is refused in a sentence that says what it is', async (t) => {
  const rows = TITLES;
  const rels = (target: string) =>
    `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="${target}"/></Relationships>`;
  const locked = { 'xl/workbook.xml': { bytes: Buffer.from('?'), flags: 1 } };
  const cases: readonly (readonly [Buffer, RegExp])[] = [
    [zipOf({ 'a.txt': 'a' }), /a zip file, but no XLSX file/],
    [zipOf({ mimetype: 'x', 'content.xml': '<a/>' }), /OpenDocument/],
    [zipOf({ '_rels/.rels': rels('xl/workbook.bin'), 'xl/workbook.bin': 'x' }), /\.xlsb/],
    [zipOf({ '_rels/.rels': rels('w.xml'), 'w.xml': '<document/>' }), /no XLSX file/],
    [xlsxOf({ rows, entries: locked }), /password/],
    [xlsxOf({ rows: '' }), /holds no row/],
    [xlsxOf({ rows }).subarray(0, -40), /damaged or incomplete/],
    [xlsxOf({ rows: '<row><c></row>' }), /not XML/],
    [xlsxOf({ rows: row('<c t="s"><v>7</v></c>') }), /Line 1: a text of this row is missing/],
    [xlsxOf({ rows: '<row r="4"><c r="XFE4"><v>1</v></c></row>' }), /Line 4: .* no column/],
    [xlsxOf({ rows: row('<c r="?"><v>1</v></c>') }), /Line 1: .* no column/],
  ];
  for (const [content, message] of cases) {
    await assert.rejects(rowFileOf(t, content), { name: 'FileError', message });
  }
  await assert.rejects(rowFileOf(t, xlsxOf({ rows }), { separator: ';' }), /neither a separator/);
});

test('a file that unpacks to far more than it is, is refused', async (t) => {
  const spaces = (count: number) => ({ bytes: Buffer.alloc(count, ' ') });
  const sheet = 'xl/worksheets/sheet1.xml';
  const bombs = [
    { [sheet]: spaces(20 * 1024 ** 2) },
    { [sheet]: { bytes: Buffer.alloc(9), size: 2 ** 31 + 1 } },
    { 'xl/styles.xml': { bytes: Buffer.alloc(9), size: 64 * 1024 ** 2 + 1 } },
    { 'xl/sharedStrings.xml': spaces(20 * 1024 ** 2) },
  ];
  for (const entries of bombs) {
    await assert.rejects(rowFileOf(t, xlsxOf({ rows: TITLES, entries })), /unpacks to too much/);
  }
  // An entry is held to the size that it declares.
  const lies = { [sheet]: { ...spaces(20 * 1024 ** 2), size: 10 } };
  await assert.rejects(rowFileOf(t, xlsxOf({ rows: TITLES, entries: lies })), /damaged/);
  const endless = { [sheet]: `<worksheet><sheetData><row>${'x'.repeat(5 * 1024 ** 2)}` };
  await assert.rejects(rowFileOf(t, xlsxOf({ rows: TITLES, entries: endless })), /not XML/);
  const long = row(...Array(40).fill(text('x'.repeat(30_000))));
  await assert.rejects(rowFileOf(t, xlsxOf({ rows: TITLES + long })), /Line 2: .* 1 MiB/);
});

test('nothing outside the file is fetched, and no entity of its own is expanded', async (t) => {
  const doctype = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>';
  const entries = {
    'xl/worksheets/sheet1.xml': `${doctype}<worksheet><sheetData><row><c t="str"><v>&a;&b;</v></c></row></sheetData></worksheet>`,
  };
  await assert.rejects(rowFileOf(t, xlsxOf({ rows: '', entries })), /not XML/);
  await assert.rejects(rowFileOf(t, xlsxOf({ rows: row(text('&a;')) })), /not XML/);
});
