import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { intakeReasons, leadAnswer, leadRequest } from '@relais/contract';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postForm } from '../support/intake.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';

const page = await readFile(new URL('../../../../docs/intake.md', import.meta.url), 'utf8');

let server: TestServer;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
});
after(() => server.close());

/** The blocks of code of one language, in order. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
    ([, code]) => code ?? '',
  );

test('the page names every member of a lead and every reason', () => {
  const named = new Set([...page.matchAll(/`([\w]+)`/g)].map(([, name]) => name));
  for (const name of Object.keys(leadRequest.shape)) assert.ok(named.has(name), name);
  for (const code of Object.keys(intakeReasons)) assert.ok(named.has(code), code);
});

test('the curl line of the page works as it stands, and its answer is as shown', async () => {
  const token = await makeSource(server, 'partenaire', 'json');
  const [command] = blocks('sh').filter((code) => code.startsWith('curl'));
  const { stdout } = await promisify(execFile)('sh', ['-c', command ?? ''], {
    env: { PATH: process.env.PATH, RELAIS: server.url, TOKEN: token },
  });
  const shown = leadAnswer.parse(JSON.parse(blocks('json')[0] ?? ''));
  const { action_id, ...answer } = leadAnswer.parse(JSON.parse(stdout));
  assert.deepEqual({ ...answer, action_id: shown.action_id }, shown);
  assert.ok(action_id);
});

test('the form of the page posts a lead', async () => {
  const token = await makeSource(server, 'site', 'form', { id_programme: 145 });
  const [form] = blocks('html');
  const names = [...(form ?? '').matchAll(/name="(\w+)"/g)].map(([, name]) => name ?? '');
  const typed: Record<string, string> = { nom: 'Lefèvre', telephone: '0612345699', site_web: '' };
  const fields = Object.fromEntries(names.map((name) => [name, typed[name] ?? 'oui']));
  const reply = await postForm(server.url, 'site', { ...fields, token });
  assert.equal(reply.text, '{"outcome":"received"}');
  const key = (await server.key('Promoteur X')).text;
  const contacts = contactsOf(await server.send(key, { operation: 'pullContacts' }));
  assert.ok(contacts.some(({ prospect_nom }) => prospect_nom === 'Lefèvre'));
});
