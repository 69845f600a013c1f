import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let operator: SignedIn;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
  const { actions: _, prospects: __, ...lists } = publishedCrm();
  const comments = ['à 100 %', 'réf. A_12\\B', 'Élodie, réf. A-12-B'];
  await loadInto(server.main, {
    ...lists,
    prospects: comments.map((_, index) => ({ id: index + 1, nom: 'Nom' })),
    actions: comments.map((commentaire, index) => ({
      id: index + 1,
      idProspect: index + 1,
      idProgramme: 145,
      idStatut: READY,
      commentaire,
    })),
  });
});
after(() => server.close());

const found = async (search: string): Promise<number[]> =>
  (await operator.call('searchContacts', { search })).items.map((contact) => contact.action_id);

test('a sign of another width is searched as the one that it stands for, and for no other', async () => {
  assert.deepEqual(await found('100 ％'), [1]);
  assert.deepEqual(await found('１００ ﹪'), [1]);
  assert.deepEqual(await found('a＿12＼b'), [2]);
  for (const text of ['％％％', '＿＿＿', 'n％m', 'n＿m', '﹪﹪﹪']) {
    assert.deepEqual(await found(text), [], text);
  }
});

test('a text of accents alone is no filter: it is refused, by a bulk change too', async () => {
  for (const search of ['\u0301\u0302\u0303', '\u0301 \u0302 \u0303', '´´´', 'e\u0301a']) {
    const sentence = await operator.call(
      'changeStatuts',
      { search, statutId: QUALIFY, reason: 'test' },
      { expect: 'invalid_parameter' },
    );
    assert.match(sentence, /"search": must be at least 3 characters, or an id/, search);
    await operator.call('searchContacts', { search }, { expect: 'invalid_parameter' });
  }
  assert.deepEqual(await found('e\u0301lo'), [3]);
  assert.deepEqual(await found('élodie \u0301'), [3], 'a word of accents beside another');
});
