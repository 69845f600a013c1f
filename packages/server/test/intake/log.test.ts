import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { publishedCrm } from '../support/crm.ts';
import { startGraphServer } from '../support/graphServer.ts';
import { installationFor, loadInto, type TestInstallation } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { knock } from '../support/knock.ts';
import { changeOf, leadOf, notification, signatureOf } from '../support/meta.ts';
import type { Reply } from '../support/server.ts';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** What no line of a log may hold: texts of a person, told apart from all other text. */
const PERSON = {
  nom: 'Canarinom',
  prenom: 'Canariprenom',
  telephone: '0612349988',
  email: 'canari@adresse.example',
  programme: 'Canariprogramme',
  commentaire: 'Canarimessage',
  Canariquestion: 'Canarireponse',
};

interface Logged {
  readonly url: string;
  /** Ends the server and gives all that it wrote, to standard output and to standard error. */
  end(): Promise<string>;
}

/** A server in a process of its own, which logs as it does when nobody says how. */
async function spawnLogged(t: TestContext, env: Record<string, string>): Promise<Logged> {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const output = text(child.stdout);
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr });
  const url = await new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      said.push(line);
      const found = /answers at (http:\S+),/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    async end() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      return `${await output}\n${said.join('\n')}`;
    },
  };
}

/** Leads at every channel, taken and refused; gives the tokens that were shown. */
async function visit(url: string, installation: TestInstallation, graph: Graph): Promise<string[]> {
  const forms = ['1'];
  const rules = { id_programme: 145 };
  const json = await makeSource(installation, 'site', 'json', rules);
  const form = await makeSource(installation, 'landing', 'form', rules);
  const google = await makeSource(installation, 'ads', 'google', rules);
  const meta = await makeSource(installation, 'page', 'meta', {
    ...{ ...rules, meta: { secrets: graph, forms } },
  });
  const lead = JSON.stringify(PERSON);
  const shown = { headers: { 'x-source-token': json } };
  const fields = { token: form, ...PERSON };
  const googleLead = { google_key: google, lead_id: 'g-1', user_column_data: PERSON };
  const body = notification([changeOf('7001')]);
  const signed = { headers: { 'x-hub-signature-256': signatureOf(body, graph.appSecret) } };
  const verification = `page?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${meta}`;
  for (const [source, init, status] of [
    ['site', { ...shown, body: lead }, 200],
    ['site', { ...shown, body: lead.replace(PERSON.programme, '145') }, 200],
    ['site', { ...shown, body: lead.slice(0, -1) }, 400],
    ['site', { ...shown, body: lead.replace('{', '{"nom":"Canarinom",') }, 400],
    ['site', { headers: { 'x-source-token': `${json}x` }, body: lead }, 401],
    [`site?email=${PERSON.email}&token=${json}`, { body: lead }, 401],
    [`${PERSON.nom}/${json}`, { body: lead }, 404],
    [PERSON.nom, { body: lead }, 401],
    ['landing', { body: new URLSearchParams(fields) }, 200],
    ['landing', { body: new URLSearchParams({ ...fields, token: json }) }, 401],
    ['landing', { headers: { 'content-type': PERSON.nom }, body: lead }, 400],
    ['ads', { body: JSON.stringify(googleLead) }, 200],
    ['ads', { body: JSON.stringify({ ...googleLead, google_key: json }) }, 401],
    ['page', { ...signed, body }, 200],
    ['page', { ...signed, body: `${body} ` }, 401],
    [verification, { method: 'GET' }, 200],
    [verification.replace('page', 'site'), { method: 'GET' }, 401],
  ] as const) {
    const reply: Reply = await knock(url, source, init);
    assert.equal(reply.status, status, `${source} ${reply.text}`);
  }
  return [json, form, google, meta];
}

type Graph = Awaited<ReturnType<typeof startGraphServer>>;

test('the log tells of every request, and nothing of a person, a token or a secret', async (t) => {
  const graph = await startGraphServer();
  t.after(() => graph.close());
  const installation = await installationFor(t);
  await loadInto(installation.main, publishedCrm());
  const { db } = installation.main;
  const secret = 'a secret of thirty-two characters';
  // The secret of the installation has to be the one of the server.
  const config = { ...installation.config, secret };
  const server = await spawnLogged(t, {
    DATABASE_URL: installation.catalogUrl,
    RELAIS_GRAPH_URL: graph.url,
    RELAIS_SECRET: secret,
  });
  graph.keep(leadOf('1', '7001'));
  const tokens = await visit(server.url, { ...installation, config }, graph);

  // What fails inside: the message of the error, or its detail, would quote the person.
  const shown = { 'x-source-token': tokens[0] ?? '' };
  const post = (lead: object) =>
    knock(server.url, 'site', { headers: shown, body: JSON.stringify(lead) });
  await sql`alter table prospect add check (nom <> 'Canarinom2' or nom::integer > 0)`.execute(db);
  await sql`alter table action add check (commentaire !~ 'Canarimessage3')`.execute(db);
  const failures = [
    await post({ nom: 'Canarinom2', email: 'canari2@adresse.example' }),
    await post({ commentaire: 'Canarimessage3', telephone: '0612349977', prenom: 'Canariprenom' }),
  ];
  await sql`alter table lead rename to moved`.execute(db);
  failures.push(await post(PERSON));
  await sql`alter table moved rename to lead`.execute(db);
  for (const reply of failures) {
    assert.equal(reply.status, 500, reply.text);
    assert.doesNotMatch(reply.text, /[Cc]anari|check|moved|select/);
  }
  // Meta refuses with a message that quotes a person.
  graph.misbehave('denied');
  const body = notification([changeOf('7002')]);
  const headers = { 'x-hub-signature-256': signatureOf(body, graph.appSecret) };
  await knock(server.url, 'page', { headers, body });
  const problem = () =>
    sql`select from meta_notice where problem is not null and leadgen_id = '7002'`.execute(db);
  while ((await problem()).rows.length === 0) await delay(10);
  const log = await server.end();

  const lines = log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const requests = lines.filter((line) => line.msg === 'request');
  assert.ok(requests.some((line) => line.source === 'site' && line.outcome === 'accepted'));
  assert.ok(requests.some((line) => line.source === 'landing' && line.lead > 0));
  assert.ok(requests.some((line) => line.code === 'invalid_signature'));
  for (const sqlstate of ['22P02', '23514', '42P01']) {
    assert.ok(
      lines.some((line) => line.msg === 'unexpected failure' && line.sqlstate === sqlstate),
    );
  }
  assert.ok(lines.some((line) => line.msg === 'Meta denies a source its leads'));
  for (const canary of [
    ...['anarinom', 'anariprenom', 'anarimessage', 'anariprogramme', 'anariquestion'],
    ...['anarireponse', 'adresse.example', '612349988', '612349977', 'jean@email.com'],
    ...['Lefèvre-7001', 'meta-7001', secret, graph.appSecret, graph.accessToken],
    ...tokens.flatMap((token) => [token, token.slice(14, 38)]),
  ]) {
    assert.ok(!log.includes(canary), canary);
  }
});
