import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishedCrm, READY } from '../../../server/test/support/crm.ts';
import { makeSource, postForm } from '../../../server/test/support/intake.ts';
import { signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';

const bench = journeys(publishedCrm());

test('a form source is created, its code holds the token, and a post to it arrives', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/sources', { role: 'operateur' });
  await page.getByText('Aucune source').waitFor();
  await page.getByRole('button', { name: 'Nouvelle source' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Nouvelle source' });
  const nom = dialog.getByRole('textbox', { name: 'Nom' });
  await nom.fill('Site Web');
  await dialog.getByRole('button', { name: 'Créer la source' }).click();
  await dialog.getByText(/Une minuscule d’abord/).waitFor();
  await nom.fill('site-web');
  await dialog.getByRole('combobox', { name: 'Premier statut' }).click();
  await page.getByRole('option', { name: 'À transmettre' }).click();
  await dialog.getByRole('combobox', { name: 'Programme par défaut' }).click();
  await page.getByRole('option', { name: "Les Jardins de l'Aube" }).click();
  await assertGoodScreen(page);
  await dialog.getByRole('button', { name: 'Créer la source' }).click();

  const issued = page.getByRole('dialog', { name: 'Jeton de site-web' });
  const code = (await issued.getByRole('region', { name: 'Code à coller' }).textContent()) ?? '';
  await assertGoodScreen(page);
  const value = (pattern: RegExp) => pattern.exec(code)?.[1] ?? '';
  assert.equal(value(/action="([^"]+)"/), `${bench.server.url}/intake/v1/site-web`);
  await issued.getByRole('button', { name: 'Je l’ai copié' }).click();
  await page.getByRole('heading', { level: 1, name: 'site-web' }).waitFor();
  // Shown once: the page has it no more.
  assert.ok(!(await page.content()).includes(value(/value="(relais_intake_[^"]+)"/)));
  await page.getByText('Aucun lead n’est encore arrivé.').waitFor();

  await postForm(bench.server.url, 'site-web', {
    token: value(/value="(relais_intake_[^"]+)"/),
    nom: 'Martin',
    telephone: '06 12 00 00 01',
  });
  await page.reload();
  await page.getByRole('table', { name: 'Derniers leads' }).getByText('Contact').waitFor();
  await assertGoodScreen(page);
  const { total } = await operator.call('searchContacts', { search: 'Martin' });
  assert.equal(total, 1);
});

test('the code of the page works in a browser as it is pasted', async (t) => {
  const token = await makeSource(bench.server, 'colle', 'form', { id_programme: 145 });
  const { page, operator } = await openConsole(t, bench, '/sources/colle');
  const region = page.getByRole('region', { name: 'Code à coller' });
  const code = (await region.textContent()) ?? '';
  const context = await bench.browser.newContext();
  t.after(() => context.close());
  const site = await context.newPage();
  await site.setContent(code.replace('LE_JETON_DE_LA_SOURCE', token));
  await site.getByLabel('Nom', { exact: true }).fill('Collée');
  await site.getByLabel('Téléphone').fill('06 12 00 00 07');
  await site.getByRole('button', { name: 'Envoyer' }).click();
  await site.waitForURL(/intake\/v1\/colle/);
  const { total } = await operator.call('searchContacts', { search: 'Collée' });
  assert.equal(total, 1);
});

test('a source is paused and resumed, its rules and texts changed, its token replaced', async (t) => {
  await makeSource(bench.server, 'partenaire', 'json', { rate_limit: 120 });
  const operator = await signedIn(bench.server);
  await operator.call('saveProgramme', { nom: 'Villa', regionId: 30 });
  const { page } = await openConsole(t, bench, '/sources', { as: operator });
  await page.getByRole('link', { name: 'partenaire' }).click();
  await page.getByRole('button', { name: 'Mettre en pause' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mettre en pause' }).click();
  await page.getByText('Ses leads sont acceptés, mais attendent en quarantaine.').waitFor();
  await page.getByRole('button', { name: 'Réactiver' }).click();
  await page.getByRole('button', { name: 'Mettre en pause' }).waitFor();

  await page.getByRole('button', { name: 'Modifier' }).click();
  const edit = page.getByRole('dialog', { name: 'Modifier partenaire' });
  await edit.getByRole('switch', { name: 'Exiger le consentement' }).check();
  // A colleague's change of another rule meanwhile stays.
  await operator.call('updateSource', { nom: 'partenaire', programmeId: 145 });
  await edit.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Source enregistrée.').waitFor();

  await page.getByRole('textbox', { name: 'Texte' }).fill('T3 « Aube »');
  await page.getByRole('combobox', { name: 'Programme' }).click();
  await page.getByRole('option', { name: "Les Jardins de l'Aube" }).click();
  await page.getByRole('button', { name: 'Associer' }).click();
  await page.getByRole('button', { name: 'Retirer t3aube' }).waitFor();
  await page.getByText('Texte associé.').waitFor();
  // The same text again, for another programme.
  await page.getByRole('textbox', { name: 'Texte' }).fill('T3 Aubé');
  await page.getByRole('combobox', { name: 'Programme' }).click();
  await page.getByRole('option', { name: 'Villa' }).click();
  await page.getByText(/^Ce texte désigne déjà.*Les Jardins de l'Aube/).waitFor();

  // What takes a text away goes with it, and the keyboard stays where it was.
  await operator.call('mapProgrammes', {
    nom: 'partenaire',
    add: [{ text: 'villa t4', programmeId: 145 }],
  });
  await page.reload();
  await page.getByRole('button', { name: 'Retirer villat4' }).press('Enter');
  await page.getByRole('button', { name: 'Retirer villat4' }).waitFor({ state: 'detached' });
  await page.locator('section:focus-within', { hasText: 't3aube' }).waitFor();

  await page.getByRole('button', { name: 'Nouveau jeton' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Créer le jeton' }).click();
  await page.getByRole('dialog', { name: 'Jeton de partenaire' }).waitFor();
  await page.getByRole('button', { name: 'Je l’ai copié' }).click();
  await page.getByText(/L’ancien jeton fonctionne jusqu’au/).waitFor();
  const source = await operator.call('getSource', { nom: 'partenaire' });
  assert.deepEqual(
    [source.state, source.consent_required, source.statut_id, source.programmes.length],
    ['open', true, READY, 1],
  );
  assert.equal(source.programme_id, 145);
});

test('the code of a form whose source has no default programme has a field for it', async (t) => {
  const token = await makeSource(bench.server, 'programmes', 'form');
  const { page, operator } = await openConsole(t, bench, '/sources/programmes');
  const code = (await page.getByRole('region', { name: 'Code à coller' }).textContent()) ?? '';
  const [, value = ''] = /name="programme" value="([^"]+)"/.exec(code) ?? [];
  const lead = { token, nom: 'Champ' };
  await postForm(bench.server.url, 'programmes', {
    ...lead,
    ...{ telephone: '06 12 00 00 08', programme: value },
  });
  await postForm(bench.server.url, 'programmes', {
    ...lead,
    ...{ telephone: '06 12 00 00 09', programme: '145' },
  });
  const { items } = await operator.call('listRecentLeads', { source: 'programmes' });
  assert.deepEqual(
    items.map(({ outcome }) => outcome),
    ['accepted', 'quarantined'],
  );
});

test('what a Meta source is refused for is told at its field', async (t) => {
  const { page } = await openConsole(t, bench, '/sources', { role: 'operateur' });
  await page.getByRole('button', { name: 'Nouvelle source' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Nouvelle source' });
  await dialog.getByRole('textbox', { name: 'Nom' }).fill('meta-neuve');
  await dialog.getByRole('combobox', { name: 'Canal' }).click();
  await page.getByRole('option', { name: /^Meta Lead Ads/ }).click();
  await dialog.getByRole('combobox', { name: 'Premier statut' }).click();
  await page.getByRole('option', { name: 'À transmettre' }).click();
  const [secret, access] = [
    dialog.getByLabel('Secret de l’application'),
    dialog.getByLabel('Jeton d’accès'),
  ];
  await secret.fill('deux mots');
  await access.fill('EAAB0123');
  await dialog.getByRole('button', { name: 'Créer la source' }).click();
  await dialog.getByText('Il faut un texte de 1 à 1000 caractères.').waitFor();
  await secret.and(page.locator(':focus')).fill('a'.repeat(32));
  await dialog.getByLabel('Formulaires lus').fill('12345\nabc');
  await dialog.getByRole('button', { name: 'Créer la source' }).click();
  await dialog.getByText(/^Des identifiants de formulaires/).waitFor();
  await dialog.getByLabel('Formulaires lus').and(page.locator('[aria-invalid="true"]')).waitFor();
});

test('a Meta source says what keeps its leads from being read', async (t) => {
  const { db } = bench.server.main;
  await makeSource(bench.server, 'meta', 'meta', {
    meta: { secrets: { appSecret: 'a'.repeat(32), accessToken: 'EAAB0123' }, forms: [] },
  });
  const { id } = await db
    .selectFrom('source')
    .select('source.id')
    .where('source.nom', '=', 'meta')
    .executeTakeFirstOrThrow();
  // Not due while the test runs: the server asks Meta for nothing.
  const due_at = new Date(Date.now() + 86_400_000);
  const problem = 'denied <img src=x onerror=alert(1)>';
  await db
    .insertInto('meta_form')
    .values({ id_source: id, form_id: '18', due_at, problem })
    .execute();
  const { page } = await openConsole(t, bench, '/sources');
  await page.getByText('Lecture bloquée').waitFor();
  await page.getByRole('link', { name: 'meta' }).click();
  await page
    .getByRole('alert')
    .getByText(/jeton expiré, révoqué.* <img/)
    .waitFor();
  await page.getByRole('button', { name: 'Remplacer les secrets' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remplacer les secrets' });
  await dialog.getByLabel('Secret de l’application').fill('b'.repeat(32));
  await dialog.getByLabel('Jeton d’accès de la page').fill('EAAB4567');
  await assertGoodScreen(page);
  // A form that is kept from being read would be due at once.
  await db.updateTable('meta_form').set({ problem: null }).execute();
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Secrets remplacés.').waitFor();
});
