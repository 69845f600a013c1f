import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Commands, commandsIn, eachOf, relais } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { tablesOf } from '../support/importing.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';

const SECRET = 'the secret of an installation, long enough';

let server: TestServer;
let commands: Commands;
before(async () => {
  server = await freshServer({ RELAIS_SECRET: SECRET });
  commands = commandsIn({ DATABASE_URL: server.catalogUrl, RELAIS_SECRET: SECRET });
  await loadInto(server.main, publishedCrm());
});
after(() => server.close());

const ready = ['--statut', 'À transmettre'];
const create = ['source', 'create', 'mistaken'];
const asJson = [...create, '--channel', 'json'];
const asMeta = [...create, '--channel', 'meta', ...ready];

const mistakes: [args: string[], code: number, sentence: RegExp][] = [
  [
    ['source', 'create', 'Site', ...asJson.slice(3), ...ready],
    2,
    /"Site" can't name a source: use/,
  ],
  [create, 2, /required option '--channel <channel>' not specified/],
  [[...create, '--channel', 'fax'], 2, /Give one of json, form, meta, google, file\./],
  [asJson, 2, /required option '--statut <designation>' not specified/],
  [[...asJson, '--statut', 'X'], 4, /--statut: there is no statut "X"\. There is: "À qualifier", /],
  [[...asJson, ...ready, '--review', 'X'], 4, /--review: there is no statut "X"/],
  [[...asJson, ...ready, '--origine', 'X'], 4, /--origine: there is no origine "X"/],
  [[...asJson, ...ready, '--programme', '999'], 4, /There is no programme "999": give the id/],
  [[...asJson, ...ready, '--map', 'x'], 2, /"x" is no text=id, such as 1811616845554330=145\./],
  [[...asJson, ...ready, '--map', 'x=999'], 4, /There is no programme "999"/],
  [[...asJson, ...ready, '--origins', 'x'], 2, /Give origins such as https:\/\/www\.example\.com/],
  [[...asJson, ...ready, '--redirect', 'ftp://x'], 2, /Give an address such as https:/],
  [[...asJson, ...ready, '--rate', '0'], 2, /Give a whole number from 1 to 999999\./],
  [[...asJson, ...ready, '--meta-secrets', 'x'], 2, /--meta-forms are for the channel meta\./],
  [[...asJson, ...ready, '-d', 'other'], 4, /There is no CRM database "other"\. There is: main/],
  [asMeta, 2, /A source of channel meta needs --meta-secrets\./],
  [[...asMeta, '--meta-forms', 'x'], 2, /Give the ids of forms, such as 1811616845554330/],
  [[...asMeta, '--meta-secrets', '/nowhere.json'], 1, /There is no file \/nowhere\.json\./],
  [
    [...asMeta, '--meta-secrets', '/etc/hostname'],
    2,
    /must be \{"app_secret": "…", "access_token"/,
  ],
  [
    ['source', 'create', 'taken', ...asJson.slice(3), ...ready],
    1,
    /There is a source "taken" already/,
  ],
  [['source', 'map', 'nothing', 'x=145'], 4, /There is no source "nothing": see "relais source li/],
  [['source', 'map', 'taken', 'x'], 2, /"x" is no text=id/],
  [['source', 'rotate', 'nothing'], 4, /There is no source "nothing"/],
  [['source', 'rotate', 'taken'], 1, /The source "taken" takes files: it has no token\./],
  [['source', 'rotate', 'taken', '--overlap', '31d'], 2, /Give a time from 0h to 30d/],
  [['source', 'pause', 'nothing'], 4, /There is no source "nothing"/],
  [['quarantine', 'list', '--reason', 'x'], 2, /Give one of unknown_programme, /],
  [
    ['quarantine', 'list', '--after', 'x'],
    2,
    /"x" is no id of a lead: see "relais quarantine list"/,
  ],
  [['quarantine', 'release'], 2, /Name leads, or say --source, --reason or --all\./],
  [['quarantine', 'release', '1', '--all'], 2, /Name leads, or say --source/],
  [
    ['quarantine', 'release', '1', '2', '--email', 'x'],
    2,
    /A telephone or e-mail address is of on/,
  ],
  [['quarantine', 'discard', '1'], 2, /required option '--reason <text>' not specified/],
  [['action', 'statut', '1045', '--to', 'Transmis'], 2, /required option '--reason <text>'/],
  [
    ['action', 'statut', 'x', '--to', 'Transmis', '--reason', 'x'],
    2,
    /"x" is no id of an action\./,
  ],
  [['action', 'statut', '1045', '--to', 'X', '--reason', 'x'], 4, /--to: there is no statut "X"/],
  [['action', 'history', '999'], 4, /There is no action 999\./],
];
test('each mistake is told in a sentence, with its exit code and no stack', async () => {
  await makeSource(server, 'taken', 'file');
  // The last use of a key is noted some time after, and forms of Meta are read as time goes by.
  const stored = async () => ({ ...(await tablesOf(server.main.db)), key_use: [], meta_form: [] });
  const before = await stored();
  const told = await eachOf(mistakes, ([args]) => commands.run(...args));
  for (const [ran, [args, code, sentence]] of told) {
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stderr}`);
    assert.match(ran.stderr, sentence);
    assert.doesNotMatch(ran.stderr, /\n\s+at /);
    assert.equal(ran.stdout, '');
  }
  assert.deepEqual(await stored(), before);
});

const helped = [
  ...['create', 'list', 'map', 'rotate', 'secrets', 'pause', 'resume'].map(
    (name) => `source ${name}`,
  ),
  ...['run', 'list', 'undo'].map((name) => `import ${name}`),
  ...['list', 'release', 'discard'].map((name) => `quarantine ${name}`),
  ...['statut', 'history'].map((name) => `action ${name}`),
];
test('every command of intake shows an example in its help', async () => {
  const helps = await eachOf(helped, (command) => relais({}, ...command.split(' '), '--help'));
  for (const [help, command] of helps) {
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Examples?:\n {2}relais /, command);
  }
});
