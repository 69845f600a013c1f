import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contact } from '@relais/contract';
import { sql } from 'kysely';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { assertRefused, knock } from '../support/knock.ts';
import { contactsOf, freshServer, type Reply, type TestServer } from '../support/server.ts';

const PAGE = 'https://www.promoteur.example';
const THANKS_PAGE = `${PAGE}/merci?de=relais`;

let server: TestServer;
let key: string;
const tokens = new Map<string, string>();
before(async () => {
  server = await freshServer({ RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  for (const [nom, rules] of [
    ['landing', {}],
    ['redirecting', { redirect_url: THANKS_PAGE }],
    ['listed', { origins: [PAGE, 'http://localhost:3000'] }],
  ] as const) {
    tokens.set(nom, await makeSource(server, nom, 'form', { id_programme: 145, ...rules }));
  }
  await pull();
});
after(() => server.close());

const tokenOf = (source: string): string => tokens.get(source) ?? '';
const pull = async (): Promise<Contact[]> =>
  contactsOf(await server.send(key, { operation: 'pullContacts' }));

let addresses = 0;
/** Posts a form from an address of its own. */
function post(
  source: string,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  addresses += 1;
  return knock(server.url, source, {
    headers: { 'x-forwarded-for': `192.0.2.${addresses}`, ...headers },
    body,
  });
}

const fields = (source: string, values: Record<string, string>) =>
  new URLSearchParams({ token: tokenOf(source), ...values });

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const URL_ENCODED = { 'content-type': 'application/x-www-form-urlencoded' };

interface LedgerRow {
  readonly outcome: string;
  readonly codes: string[];
}

/** The last lead of a source: what became of it and why. */
async function lastLead(source: string): Promise<LedgerRow | undefined> {
  const { rows } = await sql<LedgerRow>`
    select lead.outcome,
      array(select own ->> 'code' from jsonb_array_elements(lead.reasons) own) as codes
    from lead join source on source.id = lead.id_source
    where source.nom = ${source} order by lead.id desc limit 1`.execute(server.main.db);
  return rows[0];
}

async function countLeads(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from lead`.execute(server.main.db);
  return Number(rows[0]?.n);
}

test('a urlencoded form becomes a contact, whatever its fields are called', async () => {
  const reply = await post(
    'landing',
    fields('landing', {
      'your-name': 'Zoé Lefèvre',
      'contact[email]': 'zoe@example.com',
      Téléphone: '06 12 34 50 01',
      message: 'Un T3 ?\r\nAvec balcon & cave',
      utm_source: 'newsletter',
      'Budget (k€)': '300',
    }),
  );
  assert.equal(reply.status, 200);
  const [contact] = await pull();
  assert.equal(contact?.prospect_nom, 'Lefèvre');
  assert.equal(contact?.prospect_prenom, 'Zoé');
  assert.equal(contact?.prospect_email, 'zoe@example.com');
  assert.equal(contact?.prospect_telephone, '+33612345001');
  assert.equal(contact?.utm_source, 'newsletter');
  assert.match(
    contact?.action_commentaire ?? '',
    /^Un T3 \?\r?\nAvec balcon & cave\n\nBudget \(k€\) : 300$/,
  );
});

test('a day that somebody wishes for is told as it was typed, and dates nothing', async () => {
  const year = new Date().getUTCFullYear() + 1;
  const date = `12/12/${year}`;
  const reply = await post('landing', fields('landing', { email: 'visite@example.com', date }));
  assert.equal(reply.status, 200);
  const [contact] = await pull();
  assert.equal(contact?.action_commentaire, `date : ${date}`);
  assert.ok(Date.parse(contact?.action_date ?? '') <= Date.now());
});

test('a multipart form becomes a contact, and its file is named but not kept', async () => {
  const form = new FormData();
  form.append('token', tokenOf('landing'));
  form.append('email', 'file@example.com');
  form.append('nom', 'Ægidius');
  form.append('plan', new File(['CANARYBYTES'], 'mon plan.pdf', { type: 'application/pdf' }));
  form.append('photo', new File([], ''));
  assert.equal((await post('landing', form)).status, 200);
  const [contact] = await pull();
  assert.equal(contact?.prospect_nom, 'Ægidius');
  assert.equal(contact?.action_commentaire, 'plan : fichier joint non conservé : mon plan.pdf');
});

test('a form in Windows-1252, as old pages send it, is read as it was typed', async () => {
  const body = Buffer.from(
    `token=${tokenOf('landing')}&nom=Lef%E8vre&prenom=Zo\xe9&email=old@example.com&message=300%20000%20%80`,
    'latin1',
  );
  assert.equal((await post('landing', body, URL_ENCODED)).status, 200);
  const [contact] = await pull();
  assert.equal(contact?.prospect_nom, 'Lefèvre');
  assert.equal(contact?.prospect_prenom, 'Zoé');
  assert.equal(contact?.action_commentaire, '300 000 €');
});

test('a multipart form in Windows-1252 is read as it was typed, and so is one in UTF-8', async () => {
  for (const encoding of ['latin1', 'utf8'] as const) {
    const parts = [
      ['name="token"', tokenOf('landing')],
      ['name="prénom"', 'Zoé'],
      ['name="email"', `${encoding}@example.com`],
      ['name="plan"; filename="déjà.pdf"', '%PDF'],
    ].map(
      ([field, value]) =>
        `--CANARY\r\nContent-Disposition: form-data; ${field}\r\n\r\n${value}\r\n`,
    );
    const body = Buffer.from(`${parts.join('')}--CANARY--\r\n`, encoding);
    const type = { 'content-type': 'multipart/form-data; boundary=CANARY' };
    const reply = await post('landing', body, type);
    assert.equal(reply.status, 200, reply.text);
    const [contact] = await pull();
    assert.equal(contact?.prospect_prenom, 'Zoé', encoding);
    assert.equal(contact?.action_commentaire, 'plan : fichier joint non conservé : déjà.pdf');
  }
});

test('what is no form is answered 400 invalid_request, and nothing is stored', async () => {
  const before = await countLeads();
  const token = tokenOf('landing');
  for (const [type, body] of [
    [undefined, `token=${token}&email=a@example.com`],
    ['application/json', JSON.stringify({ token, email: 'a@example.com' })],
    ['text/plain', `token=${token}`],
    ['multipart/form-data', `token=${token}`],
    ['multipart/form-data; boundary=x', '--y\r\n\r\n--y--'],
  ] as const) {
    const headers = type === undefined ? {} : { 'content-type': type };
    assertRefused(await post('landing', Buffer.from(body), headers), 400, 'invalid_request');
  }
  assert.equal(await countLeads(), before);
});

test('a form without a token, with another one, or with one in a header is refused', async () => {
  const before = await countLeads();
  const shown = { 'x-source-token': tokenOf('landing') };
  for (const [body, headers] of [
    [new URLSearchParams({ email: 'a@example.com' }), {}],
    [fields('redirecting', { email: 'a@example.com' }), {}],
    [new URLSearchParams({ email: 'a@example.com' }), shown],
  ] as const) {
    assertRefused(await post('landing', body, headers), 401, 'invalid_source_token');
  }
  assertRefused(await post('landing', Buffer.alloc(0), URL_ENCODED), 401, 'invalid_source_token');
  assert.equal(await countLeads(), before);
});

test('the answer tells nothing of who is known, nor of what became of the lead', async () => {
  const answers: Reply[] = [];
  for (const values of [
    { email: 'known@example.com' },
    { email: 'known@example.com' },
    { email: 'unknown@example.com', programme: 'Nowhere' },
    { nom: 'Nobody' },
    { email: 'robot@example.com', site_web: 'https://spam.example' },
  ]) {
    answers.push(await post('landing', fields('landing', values)));
  }
  const seen = answers.map(({ status, headers, text }) => {
    const told = [...headers].filter(([name]) => !/^(date|request-id|ratelimit)$/.test(name));
    return { status, text, told };
  });
  for (const one of seen) assert.deepEqual(one, seen[0]);
  assert.equal(seen[0]?.text, '{"outcome":"received"}');
  assert.equal(answers[0]?.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(answers[0]?.headers.get('lead-id'), null);
  assert.equal((await pull()).length, 1);
});

test('a form whose trap is filled in waits in quarantine, and its sender sees no difference', async () => {
  const robot = { email: 'bot@example.com', site_web: 'https://spam.example' };
  const reply = await post('redirecting', fields('redirecting', robot), BROWSER);
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get('location'), THANKS_PAGE);
  assert.deepEqual(await lastLead('redirecting'), { outcome: 'quarantined', codes: ['honeypot'] });
  const person = { email: 'person@example.com', site_web: ' ' };
  await post('redirecting', fields('redirecting', person), BROWSER);
  assert.deepEqual(await lastLead('redirecting'), { outcome: 'accepted', codes: [] });
  assert.deepEqual(
    (await pull()).map((contact) => contact.prospect_email),
    ['person@example.com'],
  );
});

test("a browser goes to the source's own page, and never to one that the request names", async () => {
  const evil = 'https://evil.example/';
  const body = fields('redirecting', {
    ...{ email: 'redirect@example.com', redirect: evil, redirect_url: evil, next: evil },
    ...{ _next: evil, return_to: evil, success_url: evil },
  });
  const reply = await post('redirecting', body, { ...BROWSER, referer: evil });
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.get('location'), THANKS_PAGE);
  const inAddress = await knock(server.url, `redirecting?redirect=${evil}`, {
    headers: BROWSER,
    body: fields('redirecting', { email: 'redirect@example.com' }),
  });
  assert.equal(inAddress.headers.get('location'), THANKS_PAGE);
  const script = await post('redirecting', fields('redirecting', { email: 'r@example.com' }));
  assert.equal(script.status, 200);
  assert.equal(script.headers.get('location'), null);
  assert.equal(script.text, '{"outcome":"received"}');
  await pull();
});

test('without a page of its own a browser gets thanks, on a page that can do nothing', async () => {
  const body = fields('landing', { nom: '<script>alert(1)</script>', email: 'x@example.com' });
  const reply = await post('landing', body, BROWSER);
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(
    reply.headers.get('content-security-policy'),
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(reply.headers.get('referrer-policy'), 'no-referrer');
  assert.match(reply.text, /Votre demande a bien été reçue\./);
  assert.doesNotMatch(reply.text, /script|alert|example\.com/);
  await pull();
});

test('a script in a name comes back as the data it is, and only as JSON', async () => {
  const nom = `"><script>alert('é')</script>`;
  const message = '<img src=x onerror=alert(1)>=HYPERLINK("http://evil.example")';
  const headers = await post(
    'landing',
    fields('landing', { nom, message, email: 's@example.com' }),
  );
  assert.equal(headers.text, '{"outcome":"received"}');
  const reply = await server.send(key, { operation: 'pullContacts' });
  const [contact] = contactsOf(reply);
  assert.equal(contact?.prospect_nom, nom);
  assert.equal(contact?.action_commentaire, message);
  assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
});

const cors = (reply: Reply) =>
  Object.fromEntries([...reply.headers].filter(([name]) => /^(access-control-|vary)/.test(name)));

const ALLOWED = {
  'access-control-allow-origin': PAGE,
  'access-control-expose-headers': 'Request-Id, Error-Code, Retry-After',
  vary: 'Origin',
};

test('a page of an allowed origin may post and read the answer, also that of a failure', async () => {
  const good = await post('listed', fields('listed', { email: 'cors@example.com' }), {
    origin: PAGE,
  });
  assert.equal(good.status, 200);
  assert.deepEqual(cors(good), ALLOWED);
  const bad = await post('listed', new URLSearchParams({ email: 'a@example.com' }), {
    origin: PAGE,
  });
  assertRefused(bad, 401, 'invalid_source_token');
  assert.deepEqual(cors(bad), ALLOWED);
  const local = 'http://localhost:3000';
  const other = await post('listed', fields('listed', { email: 'b@example.com' }), {
    origin: local,
  });
  assert.equal(cors(other)['access-control-allow-origin'], local);
  await pull();
});

test('a page of another origin is answered 403, and nothing is stored', async () => {
  const before = await countLeads();
  for (const origin of [
    'https://evil.example',
    'null',
    'https://www.promoteur.example.evil.example',
    'http://www.promoteur.example',
    'https://promoteur.example',
    `${PAGE}:8443`,
    `${PAGE}, https://evil.example`,
  ]) {
    const reply = await post('listed', fields('listed', { email: 'a@example.com' }), { origin });
    assertRefused(
      reply,
      403,
      'origin_not_allowed',
      'This source takes no forms from this web origin.',
    );
    assert.equal(reply.headers.get('access-control-allow-origin'), null);
  }
  assert.equal(await countLeads(), before);
});

test('a preflight is answered 204 to an allowed origin, and 403 to another', async () => {
  const ask = (origin: string) =>
    knock(server.url, 'listed', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
  const good = await ask(PAGE);
  assert.equal(good.status, 204);
  assert.equal(good.text, '');
  assert.deepEqual(cors(good), {
    ...ALLOWED,
    'access-control-allow-headers': 'Content-Type, Accept',
    'access-control-allow-methods': 'POST',
    'access-control-max-age': '600',
  });
  const bad = await ask('https://evil.example');
  assertRefused(bad, 403, 'origin_not_allowed');
  assert.deepEqual(cors(bad), {});
});

test('a form without Origin is taken, and without a list so is one of any page, which may not read', async () => {
  const none = await post('listed', fields('listed', { email: 'none@example.com' }));
  assert.equal(none.status, 200);
  const any = await post('landing', fields('landing', { email: 'any@example.com' }), {
    origin: 'https://anywhere.example',
  });
  assert.equal(any.status, 200);
  for (const reply of [none, any]) {
    assert.equal(reply.headers.get('access-control-allow-origin'), null);
  }
  assert.equal((await pull()).length, 2);
});
