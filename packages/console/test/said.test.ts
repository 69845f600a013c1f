import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { errors as english } from '../src/texts/en/errors.ts';
import { errors } from '../src/texts/fr/errors.ts';

const packages = fileURLToPath(new URL('../../', import.meta.url));

/** Where the sentences stand that somebody in the console may be told. */
const SOURCES = [
  'contract/src/operator/*.ts',
  'server/src/operations/operator/*.ts',
  'server/src/operations/staff/*.ts',
  ...['deleting', 'keyScope', 'naming', 'programmeTexts', 'referring', 'releasing'].map(
    (name) => `server/src/operations/${name}.ts`,
  ),
  'server/src/http/operator/database.ts',
  'server/src/http/operator/files.ts',
  'server/src/intake/file/**/*.ts',
  'server/src/jobs/*.ts',
  'server/src/staff/*.ts',
  'server/src/changes/*.ts',
  'server/src/failure.ts',
  'server/src/importing.ts',
  'server/src/refusal.ts',
];
/** What refuses, with the text that it begins with: `new Refusal('code', 'Sentence.')`, `return 'Sentence.'`. */
const REFUSING =
  /(?:(?:new (?:Refusal|FileError|JobProblem)|(?<=\W)invalidParameter)\(\s*(?:'?\w+'?,\s*)?(?:\w+ \? )?|return (?=['`][A-Z]))(['`])((?:(?!\1).)+)\1/gs;
/** The rules of parameters, which stand as texts of their own. */
const RULE = /(['`])(must (?:be|hold|name|lie|not be|have) (?:(?!\1).)+)\1/g;

/** Each sentence with something in place of what differs from time to time. */
function sentences(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  return [...text.matchAll(REFUSING), ...text.matchAll(RULE)]
    .map(([, , said = '']) => said)
    .filter((said) => said.includes(' '));
}

/** Sentences of which a part is in French as well, with such parts; none for the command line alone. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  'Invalid parameter "${name}": ${rule}.': ['Invalid parameter "next": is not your password.'],
  'Invalid parameter "fileId": ${error.message}': [
    'Invalid parameter "fileId": The file is empty.',
    'Invalid parameter "fileId": Line 4: this row is not CSV.',
  ],
  'This ${what} is that of the prospect ${other.id_prospect}: compare the two.': [
    'This telephone is that of the prospect 7: compare the two.',
    'This e-mail address is that of the prospect 7: compare the two.',
  ],
  'The key ${from} ${how}: create a new one.': [
    'The key aB3 was revoked: create a new one.',
    'The key aB3 has expired: create a new one.',
    'The key aB3 is gone: create a new one.',
  ],
  'The ${what} ${id} is used by ${by}.': [
    'The region 3 is used by 1 programme, 12 actions, 200 changes of statut or more.',
    'The type action 3 is used by something that came at the same time.',
  ],
  'The lead ${id} waits no longer: it was ${lead.outcome}${by}.': [
    'The lead 3 waits no longer: it was merged.',
    'The lead 3 waits no longer: it was discarded by Marie Martin.',
  ],
  'There is no ${what} ${id}.': [
    ...['prospect', 'region', 'programme', 'client', 'key', 'source', 'lead', 'pull', 'job'],
    ...['import', 'person', 'statut', 'origine', 'type action', 'type contact'],
  ].map((what) => `There is no ${what} 6380.`),
  '${path} is a folder.': [],
  '${path} is not a file.': [],
  '${path} may not be read.': [],
  'There is no file ${path}.': [],
  'A column is mapped as "title=field"; the fields are ${[...fields, ...others].join(\', \')}.': [],
};

test('whatever the server says to the console is known in French', () => {
  const paths = SOURCES.flatMap((source) => {
    const found = globSync(source, { cwd: packages });
    assert.ok(found.length > 0, `nothing stands at ${source}`);
    return found;
  });
  const all = paths.flatMap((path) => sentences(`${packages}${path}`));
  assert.ok(all.length > 100);
  const told = all.flatMap((said) => COMPOSED[said] ?? said.replace(/\$\{[^}]*\}/g, '7'));
  assert.deepEqual(
    told.filter((said) => errors.said(said) === undefined),
    [],
  );
  // A shorter one that fits as well would leave the rest in English.
  const words = /\b(of|to|the|ids|must|such as)\b/;
  assert.deepEqual(
    told.filter((said) => words.test(errors.said(said) ?? '')),
    [],
  );
});

test('a sentence is put together in French from its parts, and one that is not known is not half told', () => {
  assert.equal(errors.said('There is no prospect 6380.'), 'Introuvable : personne n° 6380.');
  assert.equal(
    errors.said('The region 3 is used by 1 programme, 200 actions or more.'),
    'Encore utilisé par : 1 programme, 200 demandes ou plus.',
  );
  assert.equal(
    errors.said(
      'Invalid parameter "fileId": Line 4: a quote (") is opened in this row and never closed.',
    ),
    'Ligne 4 : un guillemet (") est ouvert dans cette ligne et jamais fermé.',
  );
  assert.equal(errors.said('Line 4: something new.'), undefined);
  assert.equal(
    errors.said('"$1 & $2" exists already: choose another name.'),
    '« $1 & $2 » existe déjà : choisissez un autre nom.',
  );
});

test('a time that the server says is told as the page writes times', () => {
  const sentence =
    'It was pulled by "Promoteur X" at 2026-11-23T12:00:00.000Z: release that pull instead.';
  assert.match(
    english.said(sentence) ?? '',
    /^It was pulled by "Promoteur X" at 2[234] Nov 2026, \d\d:\d\d: release that pull instead\.$/,
  );
  assert.match(
    errors.said(sentence) ?? '',
    /^Transmis à Promoteur X le 2[234] nov\. 2026, \d\d:\d\d : annulez plutôt ce retrait\.$/,
  );
});
