import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { eachOf, relais } from '../support/command.ts';
import { pullingBench, tablesOf } from '../support/importing.ts';
import { contactsOf, freshServer, idsOf, type TestServer } from '../support/server.ts';
import { xlsxOf } from '../support/xlsx.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const TITLES = ['Nom', 'Prénom', 'Téléphone', 'E-mail', 'Résidence', 'Message'];

test('a file as Excel writes it in French becomes contacts of the next pull', async (t) => {
  const { run, write, pull } = await pullingBench(t, server);
  const lines = [
    TITLES.join(';'),
    'Lefèvre;Zoé;06 12 34 10 01;zoe@example.com;les jardins de l aube;"T3, 2 ""grandes"" chambres\nvue"',
    'Œuvrard;Noël;0612341002;;;',
  ];
  const path = await write(
    'visiteurs.csv',
    // Windows-1252, where Œ is 8C.
    Buffer.from(`${lines.join('\r\n')}\r\n`.replace('Œ', '\u008C'), 'latin1'),
  );
  const ran = await run(path, '--json');
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /CSV, windows-1252, separator ";", 2 rows/);
  assert.deepEqual(JSON.parse(ran.stdout), {
    ...{ import: 1, accepted: 2, merged: 0, quarantined: 0, repeated: 0, errors: null },
  });
  const contacts = contactsOf(await pull());
  assert.deepEqual(
    contacts.map((contact) => [contact.prospect_nom, contact.prospect_telephone]),
    [
      ['Lefèvre', '+33612341001'],
      ['Œuvrard', '+33612341002'],
    ],
  );
  assert.equal(contacts[0]?.prospect_email, 'zoe@example.com');
  assert.equal(contacts[0]?.action_commentaire, 'T3, 2 "grandes" chambres\nvue');
  assert.equal(contacts[0]?.programme_nom, "Les Jardins de l'Aube");
});

const cell = (name: string, text: string) =>
  `<c r="${name}" t="inlineStr"><is><t>${text}</t></is></c>`;
const sheetRow = (number: number, ...texts: string[]) =>
  `<row r="${number}">${texts.map((text, index) => cell(`${'ABC'[index]}${number}`, text)).join('')}</row>`;
const titles = sheetRow(1, 'Nom', 'Téléphone', 'E-mail');

test('an XLSX file becomes contacts of the next pull', async (t) => {
  const { run, write, pull } = await pullingBench(t, server);
  // A telephone that Excel took for a number has lost its zero.
  const number = '<row r="3"><c r="A3" t="str"><v>Bey</v></c><c r="B3"><v>612341004</v></c></row>';
  const rows = `${titles}${sheetRow(2, 'Lefèvre', '06 12 34 10 03', 'x@example.com')}${number}`;
  const ran = await run(await write('visiteurs.xlsx', xlsxOf({ rows })));
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /XLSX, sheet "Leads", 2 rows/);
  assert.match(ran.stdout, /^import +accepted +merged +quarantined +repeated\n1 +2 +0 +0 +0\n$/);
  assert.deepEqual(
    contactsOf(await pull()).map((contact) => contact.prospect_telephone),
    ['+33612341003', '+33612341004'],
  );
});

test('each sheet of a workbook is imported once', async (t) => {
  const { run, write, pull } = await pullingBench(t, server);
  const of = (nom: string, telephone: string) => `${titles}${sheetRow(2, nom, telephone, '')}`;
  const path = await write(
    'salons.xlsx',
    xlsxOf({
      before: [['Lyon', 'visible', of('Lefèvre', '0612341005')]],
      rows: of('Bey', '0612341006'),
    }),
  );
  for (const args of [[], ['--sheet', 'Leads']]) {
    const ran = await run(path, ...args);
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(
      ran.stderr,
      args.length === 0 ? /something in "Leads" as well/ : /in "Lyon" as well/,
    );
  }
  assert.equal((await run(path, '--sheet', 'Lyon')).code, 1);
  assert.equal(idsOf(await pull()).length, 2);
});

test('what columns mean is said once, and known for the next file of the source', async (t) => {
  const { run, write, pull } = await pullingBench(t, server);
  const header = ['Visiteur', 'Joignable au', 'Stand', 'Couleur'];
  const first = await write('lyon.csv', [header, ['Lefèvre', '0612341007', 'B12', 'bleu']]);
  const refused = await run(first);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /No column is a telephone or an e-mail address: .*Joignable au/);
  assert.match(refused.stderr, /Nothing was imported/);

  const mapped = ['--map', 'Visiteur=nom', 'Joignable au=telephone', 'Stand=ignore'];
  assert.equal((await run(first, ...mapped)).code, 0);
  // A file of other columns in between makes nobody say it again.
  const other = await write('caen.csv', [
    ['e-mail', 'Zone'],
    ['x@example.com', 'Z'],
  ]);
  assert.equal((await run(other, '--map', 'Zone=ignore')).code, 0);
  const second = await write('nice.csv', [
    ['Couleur', 'JOIGNABLE  AU', 'Visiteur', 'Stand'],
    ['vert', '0612341008', 'Bey', 'A1'],
  ]);
  const ran = await run(second);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /^JOIGNABLE {2}AU +telephone$/m);
  assert.deepEqual(
    contactsOf(await pull()).map((contact) => [contact.prospect_nom, contact.action_commentaire]),
    [
      ['Lefèvre', 'Couleur : bleu'],
      [null, null],
      ['Bey', 'Couleur : vert'],
    ],
  );
});

test('a column of one file takes nothing from another one of a later file', async (t) => {
  const { run, write, pull, db } = await pullingBench(t, server);
  await sql`insert into programme (id, id_region, nom) values (146, 62, 'Le Clos')`.execute(db);
  const names = ['Nom', 'Portable', 'Programme'];
  const first = await write('lyon.csv', [names, ['Lefèvre', '0612341011', '']]);
  const more = ['Nom', 'Téléphone', 'Portable', 'Programme', 'Résidence'];
  const second = await write('nice.csv', [more, ['Bey', '0612341012', '', '', 'Le Clos']]);
  const third = await write('caen.csv', [
    ['Nom', 'Téléphone'],
    ['Paz', '0612341013'],
  ]);
  for (const path of [first, second, third]) {
    const ran = await run(path);
    assert.equal(ran.code, 0, ran.stderr);
  }
  assert.deepEqual(
    contactsOf(await pull()).map((contact) => [
      contact.prospect_nom,
      contact.prospect_telephone,
      contact.programme_id,
    ]),
    [
      ['Lefèvre', '+33612341011', 145],
      ['Bey', '+33612341012', 146],
      ['Paz', '+33612341013', 145],
    ],
  );
});

test('each mistake is told in a sentence, with its exit code and no stack, and stores nothing', async (t) => {
  const { write, env, database, source } = await pullingBench(t, server);
  const { nom } = database;
  const path = await write('x.csv', [
    ['nom', 'tel'],
    ['Bey', '0612341009'],
  ]);
  const bare = await write('bare.csv', 'nom;tel\r\n');
  const before = await tablesOf(database.db);
  const mistakes: [args: string[], code: number, sentence: RegExp][] = [
    [['nowhere', source, path], 4, /There is no CRM database "nowhere"\. There is: .*crm/],
    [
      [nom, 'nothing', path],
      4,
      /There is no source "nothing" in "crm\d+": see "relais source list"/,
    ],
    [[nom, source, '/nowhere.csv'], 1, /Nothing was imported: There is no file \/nowhere\.csv\./],
    [[nom, source, bare], 1, /Nothing was imported: The file has no row of data\./],
    [[nom, source], 2, /missing required argument 'file'/],
    [[nom, source, path, '--map', 'tel'], 2, /A column is mapped as "title=field"; the fields are/],
    [[nom, source, path, '--map', 'Fax=nom'], 1, /The file has no column "Fax"\./],
    [[nom, source, path, '--errors', path], 2, /--errors names the file that is imported: name an/],
    [['undo', '12', '-d', nom], 4, /There is no import "12" that could be undone\./],
    [['undo', 'all', '-d', nom], 2, /"all" is no id of an import: see "relais import list"\./],
  ];
  const told = await eachOf(mistakes, ([args]) => relais(env, 'import', ...args));
  for (const [ran, [args, code, sentence]] of told) {
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stderr}`);
    assert.match(ran.stderr, sentence);
    assert.doesNotMatch(ran.stderr, /\n\s+at /);
    assert.equal(ran.stdout, '');
  }
  assert.deepEqual(await tablesOf(database.db), before);
});

const people = (count: number): string[][] =>
  Array.from({ length: count }, (_, index) => [
    `Nom ${index}`,
    `06123${String(index).padStart(5, '0')}`,
    '',
  ]);

test('a dry run tells a verdict for each row and stores nothing', async (t) => {
  const { run, write, db } = await pullingBench(t, server);
  const header = ['nom', 'telephone', 'e-mail', 'programme', 'id', 'message'];
  await run(await write('first.csv', [header, ['Bey', '0612341010', '', '', 'a-1', '']]));
  const path = await write('visiteurs.csv', [
    header,
    ['Bey', '0612341010', '', '', 'a-1', 'came before'],
    ['Bey', '0612341010', 'bey@example.com', '', 'a-2', 'known, and joins'],
    ['Paz', '06 12', 'paz@example.com', '145', '', 'a telephone to look at'],
    ['', '', '', '', '', ''],
    ['Lopez', '0612341011', '', 'Les jardins de lobe', '', 'a name to correct'],
    ['Nobody', '', '', '', '', 'no way to reach'],
  ]);
  const before = await tablesOf(db);
  const ran = await run(path, '--dry-run', '--json');
  assert.equal(ran.code, 0, ran.stderr);
  const rows = ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const suggestion = "Peut-être « Les Jardins de l'Aube » (145)";
  assert.deepEqual(rows, [
    { line: 2, verdict: 'repeated', person: 'known', reasons: null, suggestion: null },
    { line: 3, verdict: 'merged', person: 'known', reasons: null, suggestion: null },
    {
      line: 4,
      verdict: 'accepted',
      person: 'new',
      reasons: 'telephone_unreadable',
      suggestion: null,
    },
    { line: 6, verdict: 'quarantined', person: null, reasons: 'unknown_programme', suggestion },
    {
      line: 7,
      verdict: 'quarantined',
      person: null,
      reasons: 'no_contact_details',
      suggestion: null,
    },
  ]);
  const human = await run(path, '--dry-run');
  assert.match(human.stdout, /^line +verdict +person +reasons +suggestion\n2 +repeated/);
  assert.match(
    human.stdout,
    /The reasons:\n {2}telephone_unreadable: The telephone can .*\n {2}unknown_programme: The lead /,
  );
  assert.match(
    human.stdout,
    /Nothing was stored\. It would be: 1 repeated, 1 merged, 1 accepted, 2 quarantined\.\n$/,
  );
  assert.deepEqual(await tablesOf(db), before);
  assert.equal(existsSync(path.replace('.csv', '.errors.csv')), false);
});

test('the same file is recognised, also under another name, and not imported twice', async (t) => {
  const { run, write, db, database } = await pullingBench(t, server);
  const path = await write('once.csv', [['nom', 'tel'], ...people(3)]);
  assert.equal((await run(path)).code, 0);
  const before = await tablesOf(db);
  await copyFile(path, `${path}.copy`);
  await rename(path, `${path}.moved`);
  for (const name of [`${path}.copy`, `${path}.moved`]) {
    const ran = await run(name);
    assert.equal(ran.code, 1);
    assert.match(
      ran.stderr,
      /This file was imported into "files\d+" before, at \d{4}-\S+Z \(import 1\): undo that with "relais import undo 1 --database \S+" to import it anew/,
    );
    assert.equal(ran.stdout, '');
  }
  assert.deepEqual(await tablesOf(db), before);
  const { stdout } = await relais(
    { DATABASE_URL: server.catalogUrl },
    'import',
    'list',
    '-d',
    database.nom,
    '--json',
  );
  const [listed, ...others] = JSON.parse(stdout);
  assert.deepEqual(others, []);
  assert.deepEqual(Object.keys(listed), [
    ...['id', 'source', 'file', 'state', 'started_at', 'started_by', 'finished_at', 'repeated'],
    ...['accepted', 'merged', 'quarantined'],
  ]);
  assert.equal(listed.started_by, 'command:import');
});

test('a file that can not be read to its end stores nothing of it', async (t) => {
  const { run, write, db } = await pullingBench(t, server);
  const rows = people(900).map((cells) => cells.join(';'));
  rows[850] = `"open;0612341017`;
  const path = await write('broken.csv', `nom;tel;mail\r\n${rows.join('\r\n')}`);
  const before = await tablesOf(db);
  const ran = await run(path);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /Nothing was imported: Line 852: a quote \("\) is opened/);
  assert.deepEqual(await tablesOf(db), before);
});
