import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { endHolding, hold } from '../../../server/src/installation/holding.ts';
import { makeSource, postJson } from '../../../server/test/support/intake.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE, peopleCrm } from '../support/people.ts';

const bench = journeys(peopleCrm());
const SILENT = HOSTILE.slice(0, 100);

let prepared: Promise<void> | undefined;
/** A client that is silent, and a source with a lead let in and one that waits; made once. */
const prepare = () => {
  prepared ??= make();
  return prepared;
};

async function make(): Promise<void> {
  const { server } = bench;
  await server.key(SILENT);
  await sql`update api_key set created_at = now() - interval '25 hours'`.execute(server.main.db);
  const token = await makeSource(server, 'site', 'json', { id_programme: 145 });
  await postJson(server.url, 'site', token, { email: 'nouveau@example.com' });
  await postJson(server.url, 'site', token, { nom: 'Sansadresse' });
}

test('the numbers of the morning lead to the lists that they count', async (t) => {
  await prepare();
  const { page } = await openConsole(t, bench, '/', { role: 'lecture' });
  const glance = page.getByRole('list', { name: 'En un coup d’œil' });
  await glance.getByRole('link', { name: /^Prêts à transmettre ?3/ }).click();
  const contacts = page.getByRole('table', { name: 'Contacts' });
  await contacts.getByRole('link', { name: 'Jean Dupont' }).waitFor();
  assert.equal(await contacts.locator('tbody').getByRole('row').count(), 3);

  await page.goBack();
  await glance.getByRole('link', { name: /^En quarantaine ?1/ }).click();
  await page.getByRole('table', { name: 'Quarantaine' }).getByText('Sansadresse').waitFor();

  await page.goBack();
  const regions = page.getByRole('list', { name: 'Prêts par région' });
  await regions.getByRole('link', { name: 'Occitanie' }).click();
  await contacts.getByRole('link', { name: 'Jean Dupont' }).waitFor();
  assert.match(page.url(), /regionIds=30/);

  await page.goBack();
  const reasons = page.getByRole('list', { name: 'Quarantaine par raison' });
  await reasons.getByRole('link', { name: 'Sans coordonnées' }).click();
  await page.getByRole('table', { name: 'Quarantaine' }).getByText('Sansadresse').waitFor();
});

test('a client who could pull and does not is named, however it is called', async (t) => {
  await prepare();
  const { page } = await openConsole(t, bench, '/today');
  await page.getByRole('heading', { name: 'Clients silencieux' }).waitFor();
  await page.getByRole('table', { name: 'Demandes, 30 derniers jours' }).waitFor();
  await assertGoodScreen(page);
  await page.getByRole('link', { name: 'HYPERLINK' }).click();
  const client = page.getByRole('heading', { level: 1 }).getByText('HYPERLINK');
  assert.equal(await client.textContent(), SILENT);
});

test('what keeps a source from being read is told in words', async (t) => {
  const { server } = bench;
  const secrets = { appSecret: 'secret', accessToken: 'token' };
  await makeSource(server, 'meta', 'meta', { meta: { secrets, forms: [] } });
  // Not due: the server would find a problem of its own.
  await sql`
    insert into meta_form (id_source, form_id, due_at, problem)
    select source.id, '1811616845554330', clock_timestamp() + interval '1 day', 'denied (190)'
    from source where source.nom = 'meta'`.execute(server.main.db);
  const { page } = await openConsole(t, bench, '/today');
  const problem = page.getByRole('listitem').filter({ hasText: 'Meta refuse l’accès' });
  await problem.getByRole('link', { name: 'meta' }).waitFor();
  assert.match(await problem.innerText(), /\(190\)/);
});

test('the numbers are asked again by themselves', async (t) => {
  await prepare();
  const { page } = await openConsole(t, bench, '/today');
  await page.clock.install();
  await page.reload();
  const glance = page.getByRole('list', { name: 'En un coup d’œil' });
  await glance.getByRole('link', { name: /^Transmis aujourd’hui ?0/ }).waitFor();
  const { text } = await bench.server.key('Promoteur X');
  await bench.server.send(text, { operation: 'pullContacts', limit: 2 });
  await page.clock.fastForward('01:00');
  await glance.getByRole('link', { name: /^Transmis aujourd’hui ?2/ }).waitFor();
});

test('pulls that wait after a restore are told with the reason and the way out', async (t) => {
  await prepare();
  const { main } = bench.server;
  await hold(main, 'Restauré à hier, 18:00', 'command:test');
  t.after(() => endHolding(main, 'checked', 'command:test'));
  const { page } = await openConsole(t, bench, '/today');
  const alert = page.getByRole('alert').filter({ hasText: 'Les retraits attendent' });
  await alert.getByText('Restauré à hier, 18:00').waitFor();
  await alert.getByText('relais hold --help').waitFor();
  await page.getByRole('table', { name: 'Demandes, 30 derniers jours' }).waitFor();
  await assertGoodScreen(page);
});
