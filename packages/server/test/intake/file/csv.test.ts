import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRows } from '../../../src/intake/file/openRows.ts';
import { temporaryFolder } from '../../support/command.ts';
import { cellsOf, rowFileOf, rowsOf } from '../../support/rowFile.ts';

/** What Windows-1252 has beyond Latin-1 here: €, ’ and œ. */
const windows1252 = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll('€', '\x80').replaceAll('’', '\x92').replaceAll('œ', '\x9c'),
    'latin1',
  );

const marked = (text: string): string => `\uFEFF${text}`;
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test('a file of Excel in French is read: semicolons, Windows-1252, CRLF', async (t) => {
  const file = await rowFileOf(
    t,
    windows1252('Nom;Prénom;Tél.;Budget\r\nLefœuvre;Zoé;06 12 34 56 78;L’an prochain, 250 k€\r\n'),
  );
  assert.equal(file.format, 'csv');
  assert.equal(file.encoding, 'windows-1252');
  assert.equal(file.separator, ';');
  assert.deepEqual(file.titles, ['Nom', 'Prénom', 'Tél.', 'Budget']);
  assert.deepEqual(await rowsOf(file), [
    { line: 2, cells: ['Lefœuvre', 'Zoé', '06 12 34 56 78', 'L’an prochain, 250 k€'] },
  ]);
});

test('a file of Google Sheets is read: commas, UTF-8 without a mark', async (t) => {
  const file = await rowFileOf(t, 'nom,ville\n"Dupont, Zoé",L’Haÿ\nMartin,Nîmes');
  assert.equal(file.encoding, 'utf-8');
  assert.equal(file.separator, ',');
  assert.deepEqual(await cellsOf(file), [
    ['Dupont, Zoé', 'L’Haÿ'],
    ['Martin', 'Nîmes'],
  ]);
});

test('a file of LibreOffice is read: quoted texts, UTF-8 with a mark', async (t) => {
  const file = await rowFileOf(t, marked('"nom";"message"\n"Zoé";"a ""b"" c"\n'));
  assert.equal(file.encoding, 'utf-8');
  assert.deepEqual(file.titles, ['nom', 'message']);
  assert.deepEqual(await cellsOf(file), [['Zoé', 'a "b" c']]);
});

test('a file that Meta exports is read: tabs, UTF-16', async (t) => {
  const text = 'id\tfull_name\tphone_number\nl:1814022725313742\tZoé Ørn\tp:+33612345678\n';
  for (const [bytes, encoding] of [
    [Buffer.from(marked(text), 'utf16le'), 'utf-16le'],
    [bigEndian(marked(text)), 'utf-16be'],
    [Buffer.from(text, 'utf16le'), 'utf-16le'],
    [bigEndian(text), 'utf-16be'],
  ] as const) {
    const file = await rowFileOf(t, bytes);
    assert.equal(file.encoding, encoding);
    assert.equal(file.separator, '\t');
    assert.deepEqual(file.titles, ['id', 'full_name', 'phone_number']);
    assert.deepEqual(await cellsOf(file), [['l:1814022725313742', 'Zoé Ørn', 'p:+33612345678']]);
  }
});

test('the first letter beyond ASCII may be anywhere, and tells the encoding', async (t) => {
  const far = `nom;prenom\n${'Martin;Jean\n'.repeat(20_000)}`;
  const excel = await rowFileOf(t, windows1252(`${far}Lefœuvre;Zoé\n`));
  assert.equal(excel.encoding, 'windows-1252');
  assert.deepEqual((await cellsOf(excel)).at(-1), ['Lefœuvre', 'Zoé']);
  // Shifted, so that the two bytes of a letter fall on both sides of each piece of the file.
  for (const shift of ['', 'x', 'xx', 'xxx']) {
    const other = await rowFileOf(t, `nom${shift};prenom\n${'é€🏡;Zoé\n'.repeat(10_000)}`);
    assert.equal(other.encoding, 'utf-8');
    assert.ok((await cellsOf(other)).every(([nom]) => nom === 'é€🏡'));
  }
});

test('a stretch that is not UTF-8 in a file that is, is refused with its line', async (t) => {
  const bad = windows1252('Zoé;Nîmes\n');
  const after = Buffer.concat([Buffer.from(`nom;ville\r\n${'Zoé;Nîmes\r\n'.repeat(9_000)}`), bad]);
  await assert.rejects(rowFileOf(t, after), { name: 'FileError', line: 9002, message: /UTF-8/ });
  const underMark = Buffer.concat([Buffer.from(marked('nom;ville\r')), bad]);
  await assert.rejects(rowFileOf(t, underMark), { name: 'FileError', line: 2, message: /UTF-8/ });
  const cut = Buffer.from('nom;ville\nZoé;Nîmé').subarray(0, -1);
  await assert.rejects(rowFileOf(t, cut), { name: 'FileError', line: 2, message: /UTF-8/ });
  const named = await rowFileOf(t, after, { encoding: 'windows-1252' });
  assert.deepEqual((await cellsOf(named)).at(-1), ['Zoé', 'Nîmes']);
});

test('names as a Mac or DOS writes them are refused with their line, and not read as others', async (t) => {
  for (const text of [
    'Nom;Ville\rZo\x8e;N\x94mes\r',
    'Nom;Ville\r\nZo\x82;Paris\r\n',
    'Nom\rH\x8fve\r',
  ]) {
    await assert.rejects(rowFileOf(t, Buffer.from(text, 'latin1')), {
      ...{ name: 'FileError', line: 2 },
      message:
        /^Line 2: this is neither UTF-8 nor Windows-1252; save the file as "CSV UTF-8", or name/,
    });
  }
});

test('an encoding can be named, and text it does not have is refused with its line', async (t) => {
  const mac = Buffer.from('nom;ville\nZo\x8e;Nice\n', 'latin1');
  const file = await rowFileOf(t, mac, { encoding: 'macintosh' });
  assert.deepEqual(await cellsOf(file), [['Zoé', 'Nice']]);
  await assert.rejects(rowFileOf(t, mac, { encoding: 'utf-8' }), { name: 'FileError', line: 1 });
  await assert.rejects(rowFileOf(t, mac, { encoding: 'klingon' }), /encoding is not known/);
});

test('the separator is told by how it cuts the rows, not by how often it stands there', async (t) => {
  const cases: readonly (readonly [string, string])[] = [
    ['nom;adresse\nA;"1, rue a, bât. b, 75001, Paris"\nB;"2, rue c, bât. d, 75002, Paris"', ';'],
    ['x,y\n"a;b;c","d;e;f"\n"g;h;i","j;k;l"', ','],
    ['nom|message\nA|bonjour, merci\nB|oui; non; oui', '|'],
    ['"a\n,,,,"\t"b"\nc\td', '\t'],
    ['email\na@b.fr\nc@d.fr', ';'],
    ['nom,ville\nDupont,"Résidence "Les Pins", Nice', ','],
  ];
  for (const [text, separator] of cases) {
    assert.equal((await rowFileOf(t, text)).separator, separator, text);
  }
});

test('a separator can be named: in a first line as Excel does, or by the user', async (t) => {
  const excel = await rowFileOf(t, marked('sep=,\r\nnom,ville;pays\r\nA,b;c\r\n'));
  assert.equal(excel.separator, ',');
  assert.deepEqual(excel.titles, ['nom', 'ville;pays']);
  assert.deepEqual(await rowsOf(excel), [{ line: 3, cells: ['A', 'b;c'] }]);
  const user = await rowFileOf(t, 'nom:ville\nA:b', { separator: ':' });
  assert.deepEqual(await cellsOf(user), [['A', 'b']]);
  await assert.rejects(rowFileOf(t, 'a', { separator: '::' }), /separator is one character/);
});

test('a header is told from a lead', async (t) => {
  const headers = [
    'nom;telephone\nA;0612345678',
    'Votre projet ?;Étage\nInvestir;a@b.fr',
    'Téléphone\n0612345678',
    'nom;prenom;form:1611816845554330\nA;B;c',
    'relais_lead;relais_reason;Étage\n12;x;y',
  ];
  for (const text of headers) assert.equal((await rowFileOf(t, text)).hasHeader, true, text);
  const leads = [
    'Jean Dupont;0612345678\nZoé;0612345679',
    'a@b.fr\nc@d.fr',
    'Jean;Dupont\nZoé;Paz',
  ];
  for (const text of leads) {
    const file = await rowFileOf(t, text);
    assert.equal(file.hasHeader, false, text);
    assert.equal((await rowsOf(file)).length, 2);
  }
});

test('a header may stand below the name of the report', async (t) => {
  const file = await rowFileOf(
    t,
    'Leads du 23/11/2026, à traiter;;\n;;\nNom;Mail;Ville\nA;a@b.fr;N\n',
  );
  assert.equal(file.separator, ';');
  assert.deepEqual(file.titles, ['Nom', 'Mail', 'Ville']);
  assert.deepEqual(await rowsOf(file), [{ line: 4, cells: ['A', 'a@b.fr', 'N'] }]);
  // Above it, a row of two cells may be a lead.
  const lead = await rowFileOf(t, 'Paz;0612345678\nNom;Mail\n');
  assert.equal((await rowsOf(lead)).length, 2);
});

test('a column without a title gets one, unless it is blank', async (t) => {
  const untitled = await rowFileOf(t, 'Jean;0612345678\nZoé;0612345679;Nice;;');
  assert.deepEqual(untitled.titles, ['colonne 1', 'colonne 2', 'colonne 3']);
  const some = await rowFileOf(t, 'relais_lead;nom;; ville ;;;\n12;A;b;c;;d;\n');
  assert.deepEqual(some.titles, [
    ...['relais_lead', 'nom', 'colonne 2', 'ville'],
    ...['colonne 4', 'colonne 5'],
  ]);
});

test('rows have the cells that they have, and blank rows are passed over', async (t) => {
  const file = await rowFileOf(t, '\n\nnom;;ville; ;\n\nA\n;;\nB;b;;more;\n  \nC;c\n\n');
  assert.deepEqual(file.titles, ['nom', 'colonne 2', 'ville', 'colonne 4']);
  assert.deepEqual(await rowsOf(file), [
    { line: 5, cells: ['A'] },
    { line: 7, cells: ['B', 'b', '', 'more'] },
    { line: 9, cells: ['C', 'c'] },
  ]);
});

test('a row is told by the line of the file where it starts, whatever ends the lines', async (t) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const file = await rowFileOf(t, `nom;ville${end}A;"b${end}${end}c"${end}B;d${end}`);
    const rows = await rowsOf(file);
    assert.deepEqual(rows, [
      { line: 2, cells: ['A', `b${end}${end}c`] },
      { line: 5, cells: ['B', 'd'] },
    ]);
  }
  const mixed = await rowFileOf(t, 'nom;ville\r\nA;a\nB;b\rC;c');
  assert.deepEqual(
    (await rowsOf(mixed)).map(({ line }) => line),
    [2, 3, 4],
  );
});

test('reading can begin at a line, and be left and begun again', async (t) => {
  const file = await rowFileOf(t, `nom;ville\n${'A;b\n'.repeat(5_000)}`);
  for await (const _ of file.rows()) break;
  assert.equal((await rowsOf(file, 4_999)).length, 3);
  assert.equal((await rowsOf(file)).length, 5_000);
  assert.equal(file.position(), file.bytes);
});

test('a quote inside a cell is a quote', async (t) => {
  const file = await rowFileOf(t, 'nom;ville\nRésidence "Les Pins";b\n"Villa "Les Pins" ";c\n');
  assert.deepEqual(await cellsOf(file), [
    ['Résidence "Les Pins"', 'b'],
    ['"Villa "Les Pins" "', 'c'],
  ]);
});

test('a cell may begin with a quote and go over several lines', async (t) => {
  const file = await rowFileOf(t, 'nom;message\nA;"""Bonjour"", dit-il\nmerci"\nB;"""\n"\n');
  assert.deepEqual(await cellsOf(file), [
    ['A', '"Bonjour", dit-il\nmerci'],
    ['B', '"\n'],
  ]);
});

test('a quote that is never closed is refused with its line, and swallows no lead', async (t) => {
  const open = { name: 'FileError', line: 3, message: /quote/ };
  const texts = [
    'nom;ville\nA;b\nB;"c\nD;d\n',
    'nom;ville\nA;b\nB;"c\nD;"d"\nE;e\n',
    `nom;ville\nA;b\nB;"c\n${'D;d\n'.repeat(400_000)}`,
  ];
  for (const text of texts) {
    // Found when the file is opened or when it is read, by how far down it is.
    await assert.rejects(rowFileOf(t, text, { separator: ';' }).then(rowsOf), open);
  }
});

test('a row or a line of more than 1 MiB is refused with its line', async (t) => {
  const long = 'x'.repeat(1024 * 1024);
  const rows = [`A;${long}`, ';'.repeat(1024 * 1024 + 1), `A;"${'x\n'.repeat(600_000)}"`];
  for (const row of rows) {
    await assert.rejects(rowFileOf(t, `nom;ville\n\n${row}\nB;b\n`), {
      name: 'FileError',
      line: 3,
      message: /1 MiB/,
    });
  }
});

test('blank columns at the end do not count, and more than 500 others are refused', async (t) => {
  const blank = ';'.repeat(100_000);
  const file = await rowFileOf(t, `nom;email${blank}\nA;a@example.com${blank}\n`);
  assert.deepEqual(file.titles, ['nom', 'email']);
  await assert.rejects(rowFileOf(t, `nom;email\nA;a@example.com${';'.repeat(499)}x\n`), {
    name: 'FileError',
    line: 2,
    message: /columns/,
  });
});

test('what is no table is refused in a sentence that says what it is', async (t) => {
  const cases: readonly (readonly [string | Buffer, RegExp])[] = [
    ['', /The file is empty/],
    ['\n \n;;\n', /holds no row/],
    [Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....', 'latin1'), /old Excel file/],
    ['%PDF-1.7 …', /PDF/],
    ['\uFEFF <html xmlns:o="urn:x"><table>', /web page/],
    ['<?xml version="1.0"?><Workbook/>', /web page or XML/],
    [Buffer.from('nom;ville\nA;\0\n'), /no text/],
    [Buffer.from('\x1f\x8b\x08\0', 'latin1'), /gzip/],
  ];
  for (const [content, message] of cases) {
    await assert.rejects(rowFileOf(t, content), { name: 'FileError', message });
  }
});

test('a folder, a missing file and an option of the other format are refused', async (t) => {
  const folder = await temporaryFolder(t);
  await assert.rejects(openRows(folder), { name: 'FileError', message: /is a folder/ });
  await assert.rejects(openRows(join(folder, 'no')), { name: 'FileError', message: /no file/ });
  await mkdir(join(folder, 'leads.csv'));
  await assert.rejects(openRows(join(folder, 'leads.csv')), /is a folder/);
  await writeFile(join(folder, 'a.csv'), 'nom\nA');
  await assert.rejects(openRows(join(folder, 'a.csv'), { sheet: 'x' }), /no sheets/);
});
