import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  columnsOf,
  correctedLead,
  parseMappingOption,
  readRow,
  suggestMapping,
} from '../../../src/intake/file/mapping.ts';
import type { LeadDraft } from '../../../src/intake/leadDraft.ts';

/** The draft of a row under these titles. */
const draft = (titles: readonly string[], cells: readonly string[], remembered?: unknown) =>
  readRow(columnsOf(suggestMapping(titles, remembered), titles), { line: 2, cells });

test('columns are known by their titles, and the others are questions with answers', () => {
  const titles = ['Nom', 'PRÉNOM', 'N° de téléphone', 'E-mail', 'Votre projet ?', 'form_id'];
  assert.deepEqual(suggestMapping(titles), {
    nom: 'nom',
    prenom: 'prenom',
    ndetelephone: 'telephone',
    email: 'email',
    votreprojet: 'answer',
    formid: 'hint',
  });
  assert.deepEqual(draft(titles, ['Paz', '', '0612345678', 'a@b.fr', 'Investir', '42']), {
    nom: 'Paz',
    telephone: '0612345678',
    email: 'a@b.fr',
    answers: [{ question: 'Votre projet ?', answer: 'Investir' }],
    hints: ['42'],
  });
});

test('what is remembered of a column comes before its title, however it is written then', () => {
  const remembered = { telbureau: 'telephone', telephone: 'ignore', quand: 'createdAt', etage: 3 };
  assert.deepEqual(suggestMapping(['Tél. bureau', 'Téléphone', 'Étage', 'Nom'], remembered), {
    telbureau: 'telephone',
    telephone: 'ignore',
    etage: 'answer',
    nom: 'nom',
  });
  for (const nothing of [null, undefined, 'x', 7, [], { nom: '__proto__' }]) {
    assert.deepEqual(suggestMapping(['Nom'], nothing), { nom: 'nom' });
  }
});

test('what the user says of a column comes first, and takes the field from other columns', () => {
  const choices = [parseMappingOption('Tél bureau=telephone'), parseMappingOption('nom=answer')];
  const titles = ['Téléphone', 'Nom', 'Tel bureau'];
  assert.deepEqual(suggestMapping(titles, { telephone: 'telephone' }, choices), {
    telephone: 'answer',
    nom: 'answer',
    telbureau: 'telephone',
  });
  assert.throws(() => suggestMapping(titles, {}, [{ title: 'Tel maison', use: 'telephone' }]), {
    name: 'FileError',
    message: 'The file has no column "Tel maison".',
  });
});

test('of two columns for one field, the first that is filled in takes it in each row', () => {
  const titles = ['Tél. fixe', 'Portable', 'Message', 'Commentaires'];
  assert.deepEqual(draft(titles, ['', '0612345678', 'a', 'b']), {
    telephone: '0612345678',
    commentaire: 'a\n\nb',
  });
  assert.deepEqual(draft(titles, ['0140404040', '0612345678']), {
    telephone: '0140404040',
    answers: [{ question: 'Portable', answer: '0612345678' }],
  });
});

test('nothing that a row holds is lost: untitled and further cells are answers', () => {
  const titles = ['nom', 'colonne 2', '???', '---'];
  assert.deepEqual(draft(titles, ['Paz', 'a', 'b', '', 'c'], { '---': 'ignore' }).answers, [
    { question: 'colonne 2', answer: 'a' },
    { question: '???', answer: 'b' },
    { question: 'colonne 5', answer: 'c' },
  ]);
});

test('a column that is ignored is not read', () => {
  assert.deepEqual(draft(['nom', 'Score'], ['Paz', '12'], { score: 'ignore' }), { nom: 'Paz' });
});

test("Meta's export is read: its marks are taken off, its form and campaign are hints", () => {
  const titles =
    'id created_time ad_id ad_name campaign_id form_id full_name phone_number zip_code';
  const cells = [
    ...['l:1814022725313742', '2026-11-23T08:00:00+01:00', 'ag:120', 'Ad 1', 'c:121', 'f:122'],
    ...['Zoé Paz', 'p:+33612345678', 'z:06000'],
  ];
  assert.deepEqual(draft(titles.split(' '), cells), {
    externalId: '1814022725313742',
    createdAt: '2026-11-23T07:00:00.000Z',
    nom_complet: 'Zoé Paz',
    telephone: '+33612345678',
    code_postal: '06000',
    hints: ['122', '121', '120', 'Ad 1'],
  } satisfies LeadDraft);
  // A text that merely looks like one is left alone.
  assert.deepEqual(draft(['nom', 'question'], ['p:1', 'l:2']), {
    nom: 'p:1',
    answers: [{ question: 'question', answer: 'l:2' }],
  });
});

test('a row of a file of ours tells the lead that it corrects', () => {
  const titles = ['relais_lead', 'Relais Reason', 'relais_suggestion', 'nom', 'telephone'];
  const columns = columnsOf(suggestMapping(titles), titles);
  const row = (...cells: string[]) => ({ line: 2, cells });
  const corrected = row('12', 'x', 'y', 'Paz', "'+33612345678");
  assert.equal(correctedLead(columns, corrected), 12);
  const worded = ['relais_lead', 'relais_reason', 'relais_meaning', 'relais_suggestion', 'nom'];
  assert.deepEqual(
    readRow(columnsOf(suggestMapping(worded), worded), row('12', 'x', 'z', 'y', 'Paz')),
    {
      nom: 'Paz',
    },
  );
  assert.deepEqual(readRow(columns, corrected), { nom: 'Paz', telephone: '+33612345678' });
  for (const id of ['', '0', '-1', 'x', '1.5', '9'.repeat(16)]) {
    assert.equal(correctedLead(columns, row(id, '', '', 'Paz')), undefined, id);
  }
  const others = columnsOf(suggestMapping(['nom']), ['nom']);
  assert.equal(correctedLead(others, row('12')), undefined);
  assert.deepEqual(readRow(others, row("'+33")), { nom: "'+33" });
});

test('the option of the command line maps a title, which may hold an equals sign', () => {
  assert.deepEqual(parseMappingOption('Tél bureau=telephone'), {
    title: 'Tél bureau',
    use: 'telephone',
  });
  assert.deepEqual(parseMappingOption('a = b = E-mail'), { title: 'a = b', use: 'email' });
  assert.deepEqual(parseMappingOption('Score=ignore').use, 'ignore');
  for (const wrong of ['Score', '=nom', ' =nom', 'Score=', 'Score=height']) {
    assert.throws(() => parseMappingOption(wrong), {
      name: 'FileError',
      message:
        /"title=field"; the fields are civilite, nom, .*telephone.*, hint, answer, ignore\.$/,
    });
  }
});
