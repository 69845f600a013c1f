import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { frenchIntakeReasons } from '@relais/contract';
import { sql } from 'kysely';
import { pullingBench } from '../support/importing.ts';
import { contactsOf, freshServer, idsOf, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

test('rows that wait are written back with the reason, corrected there, and come in once', async (t) => {
  const { run, write, pull, db } = await pullingBench(t, server);
  const path = await write('salon.csv', [
    ['nom', 'telephone', 'programme', 'message'],
    ['Bey', '0612341012', '', 'lets in'],
    ['Lopez', '0612341013', 'Les jardins de lobe', '=1+1'],
    ['Nobody', '06', '145', '-'],
    ['Paz', '0612341014', 'Elsewhere', '@home'],
  ]);
  const ran = await run(path);
  assert.equal(ran.code, 0, ran.stderr);
  const errors = path.replace('.csv', '.errors.csv');
  assert.ok(ran.stderr.includes(`3 rows wait in quarantine: ${errors} says why.`), ran.stderr);
  const written = await readFile(errors, 'utf8');
  const [ids = []] = [[...written.matchAll(/^(\d+);/gm)].map(([, id]) => id)];
  const unknown = frenchIntakeReasons.unknown_programme.meaning;
  assert.deepEqual(written.split('\r\n'), [
    '\uFEFFrelais_lead;relais_reason;relais_meaning;relais_suggestion;nom;telephone;programme;message',
    `${ids[0]};unknown_programme;${unknown};Peut-être « Les Jardins de l'Aube » (145);Lopez;0612341013;Les jardins de lobe;'=1+1`,
    `${ids[1]};no_contact_details, telephone_unreadable;Ni téléphone ni adresse e-mail lisibles. Le téléphone ne se lit pas comme un numéro. Il est gardé tel que saisi.;;Nobody;06;145;'-`,
    `${ids[2]};unknown_programme;${unknown};;Paz;0612341014;Elsewhere;'@home`,
    '',
  ]);
  assert.equal(idsOf(await pull()).length, 1);

  await writeFile(
    errors,
    written
      .replace('Les jardins de lobe', 'Les Jardins')
      .replace(';06;', ';0612341015;')
      .replace('Les Jardins;', '145;'),
  );
  const again = await run(errors, '--json');
  const { import: number, ...counts } = JSON.parse(again.stdout);
  const rest = errors.replace('.errors.csv', '.errors-2.csv');
  assert.deepEqual(counts, { accepted: 2, merged: 0, quarantined: 1, repeated: 0, errors: rest });
  assert.deepEqual(
    contactsOf(await pull()).map((contact) => [contact.prospect_nom, contact.action_commentaire]),
    [
      ['Lopez', '=1+1'],
      ['Nobody', '-'],
    ],
  );
  // What came in meanwhile stands in this file still, and is not let in again.
  await writeFile(errors, (await readFile(errors, 'utf8')).replace('Elsewhere', '145'));
  const last = JSON.parse((await run(errors, '--json')).stdout);
  assert.deepEqual(last, {
    ...{ import: number + 1, accepted: 1, merged: 0, quarantined: 0, repeated: 2, errors: null },
  });
  assert.deepEqual(
    contactsOf(await pull()).map((contact) => contact.prospect_nom),
    ['Paz'],
  );
  const ledger = await sql<{ n: number }>`select count(*) as n from lead`.execute(db);
  assert.equal(ledger.rows[0]?.n, 4);
  assert.match(await readFile(rest, 'utf8'), /;Paz;/);
});

test('a row that names a lead of another source corrects nothing there, and comes in', async (t) => {
  const { imports, write, db, source } = await pullingBench(t, server);
  await imports(
    await write('a.csv', [
      ['nom', 'tel'],
      ['Nobody', ''],
    ]),
  );
  await sql`update source set nom = 'other' where source.nom = ${source}`.execute(db);
  await sql`
    insert into source (nom, channel, environment, id_programme, id_statut, id_statut_review,
      consent_required, honeypot, rate_limit)
    select ${source}, channel, environment, id_programme, id_statut, id_statut_review,
      consent_required, honeypot, rate_limit from source`.execute(db);
  await imports(
    await write('b.csv', [
      ['relais_lead', 'nom', 'tel'],
      ['1', 'Bey', '0612341016'],
    ]),
  );
  const leads = await sql<{ outcome: string }>`
    select lead.outcome from lead order by lead.id`.execute(db);
  assert.deepEqual(
    leads.rows.map(({ outcome }) => outcome),
    ['quarantined', 'accepted'],
  );
});

test('a row that names the lead of another person corrects nothing there, and comes in', async (t) => {
  const { imports, write, db } = await pullingBench(t, server);
  const programme = 'Elsewhere';
  await imports(
    await write('salon.csv', [
      ['nom', 'telephone', 'programme'],
      ['Bey', '0612342011', programme],
      ['Paz', '0612342012', programme],
      ['Lopez', '0612342013', '145'],
    ]),
  );
  // As a column that was sorted by itself leaves them, or filled in by dragging.
  const wrong = await imports(
    await write('errors.csv', [
      ['relais_lead', 'nom', 'telephone', 'programme'],
      ['2', 'Bey', '0612342011', '145'],
      ['3', 'Omar', '0612342014', '145'],
      ['1', 'Bey-Paz', '0612342011', programme],
    ]),
  );
  const leads = await sql<{ nom: string; outcome: string; own: boolean }>`
    select lead.draft ->> 'nom' as nom, lead.outcome, lead.id_import = ${wrong} as own
    from lead order by lead.id`.execute(db);
  assert.deepEqual(leads.rows, [
    { nom: 'Bey-Paz', outcome: 'quarantined', own: true },
    { nom: 'Paz', outcome: 'quarantined', own: false },
    { nom: 'Lopez', outcome: 'accepted', own: false },
    { nom: 'Bey', outcome: 'accepted', own: true },
    { nom: 'Omar', outcome: 'accepted', own: true },
  ]);
});

test('a row of an error file that names no programme leaves the choice between two open', async (t) => {
  const { imports, write, db } = await pullingBench(t, server);
  await sql`insert into programme (id, id_region, nom) values (148, 30, 'Villa Marina')`.execute(
    db,
  );
  await imports(
    await write('two.csv', [
      ['nom', 'tel', 'programme', 'résidence'],
      ['Bey', '0612341017', '145', 'Villa Marina'],
    ]),
  );
  const outcome = async () => {
    const found = await sql<{ outcome: string; programme: number | null }>`
      select lead.outcome, action.id_programme as programme from lead
      left join action on action.id = lead.id_action
      where lead.draft ->> 'nom' = 'Bey'`.execute(db);
    return found.rows;
  };
  const found = await sql<{ id: string }>`
    select lead.id::text from lead where lead.outcome = 'quarantined'`.execute(db);
  const [{ id } = assert.fail()] = found.rows;
  const correct = async (name: string, programme: string) =>
    imports(
      await write(name, [
        ['relais_lead', 'tel', 'programme'],
        [id, '0612341018', programme],
      ]),
    );
  await correct('none.csv', '');
  assert.deepEqual(await outcome(), [{ outcome: 'quarantined', programme: null }]);
  await correct('one.csv', '148');
  assert.deepEqual(await outcome(), [{ outcome: 'accepted', programme: 148 }]);
});
