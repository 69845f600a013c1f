import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { serverFor } from '../support/server.ts';
import { scrape } from './metricsText.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

interface Alarm {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}
const alarms = (
  parse(read('deploy/prometheus/alerts.yml')) as { groups: { rules: Alarm[] }[] }
).groups.flatMap(({ rules }) => rules);

/** The names of metrics in an expression of Prometheus. */
const metricsIn = (expression: string): string[] =>
  expression.match(/\b(?:relais|nodejs|process)_[a-z_0-9]+/g) ?? [];

/** The anchors of the headings of a Markdown page, as GitHub makes them. */
const anchorsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

test('dashboard and alarms ask for nothing that a server does not tell', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(3));
  const { text: key } = await server.key('Promoteur X');
  const token = await makeSource(server, 'site', 'json', { id_programme: 130 });
  await postJson(server.url, 'site', token, { nom: 'Durand', email: 'd@example.com' });
  await server.send(key, { operation: 'pullContacts', limit: 1 });
  await server.send(key, { operation: 'invented' });
  const told = new Set((await scrape(server.url)).map(({ name }) => name));
  const asked = new Set([
    ...metricsIn(read('deploy/grafana/relais.json').replaceAll(/label_values\(([^)]*)\)/g, '$1')),
    ...alarms.flatMap(({ expr }) => metricsIn(expr)),
  ]);
  assert.ok(asked.size > 15);
  assert.deepEqual(
    [...asked].filter((name) => !told.has(name)),
    [],
  );
});

test('every alarm says what is wrong, what to do, and where the page tells more', () => {
  const anchors = anchorsOf(read('docs/operate.md'));
  assert.ok(alarms.length >= 10);
  for (const { alert, annotations } of alarms) {
    assert.ok(annotations.summary && annotations.action, alert);
    const [page, anchor] = (annotations.runbook ?? '').split('#');
    assert.equal(page, 'docs/operate.md');
    assert.equal(anchor, alert.toLowerCase());
    assert.ok(anchors.includes(anchor ?? ''), `docs/operate.md has no "${alert}"`);
  }
});

test('the files of deploy/ can be read, and the page names each of them', () => {
  const page = read('docs/operate.md');
  for (const path of globSync('deploy/**/*.*', { cwd: root.pathname })) {
    if (/\.ya?ml$/.test(path)) assert.ok(parse(read(path)), path);
    if (path.endsWith('.json')) assert.ok(JSON.parse(read(path)), path);
    assert.ok(page.includes(path), `docs/operate.md does not name ${path}`);
  }
  assert.ok(page.includes('deploy/Dockerfile'));
});

test('every variable that is set for a server is one that it reads', () => {
  const source = readFileSync(new URL('../../src/config.ts', import.meta.url), 'utf8');
  const set = ['deploy/Dockerfile', 'deploy/compose.yaml', 'deploy/relais.env.example'].flatMap(
    (path) => read(path).match(/\bRELAIS_[A-Z_]+/g) ?? [],
  );
  for (const name of [...set, ...(read('deploy/relais.service').match(/\bRELAIS_[A-Z_]+/g) ?? [])])
    assert.ok(source.includes(`'${name}'`), name);
  // As compose.yaml sets them.
  const { services } = parse(read('deploy/compose.yaml')) as {
    services: { relais: { environment: Record<string, string> } };
  };
  const filled = Object.fromEntries(
    Object.entries(services.relais.environment).map(([name, value]) => [
      name,
      String(value)
        .replace(/\$\{RELAIS_PUBLIC_URL:[^}]*\}/, 'https://crm.example.com')
        .replace(/\$\{[A-Z_]+:-([^}]*)\}/, '$1')
        .replace(/\$\{[A-Z_]+:[^}]*\}/, 'x'.repeat(40)),
    ]),
  );
  const config = readConfig(filled);
  assert.equal(config.workers, 2);
  assert.equal(config.twoFactorRequired, true);
});

test('the proxies leave Strict-Transport-Security to the server, which sends it once', () => {
  for (const file of ['nginx.conf', 'Caddyfile']) {
    assert.doesNotMatch(read(`deploy/proxy/${file}`), /^[^#]*Strict-Transport-Security/m, file);
  }
});
