import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleContact } from '@relais/contract';
import { Webhook } from 'standardwebhooks';
import { RelaisError, unwrapWebhook } from '../src/index.ts';
import { signWebhook } from '../src/webhook.ts';

const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const body = JSON.stringify({
  type: 'contact.pulled',
  timestamp: '2026-11-23T08:00:00.000Z',
  data: exampleContact,
});
const now = () => Math.floor(Date.now() / 1000);
const signed = (timestamp = now()) => signWebhook(secret, { id: '1045', timestamp, body });

test('what is signed is what the library of Standard Webhooks accepts, and the other way round', async () => {
  const at = now();
  const headers = await signed(at);
  assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body));
  const theirs = new Webhook(secret).sign('1045', new Date(at * 1000), body);
  const event = await unwrapWebhook(
    body,
    { ...headers, 'webhook-signature': `v1,AAAA v1a,x ${theirs}` },
    secret,
  );
  assert.deepEqual(event.data, exampleContact);
});

test('an altered, old or unsigned message is refused, whatever holds the headers', async () => {
  const headers = await signed();
  assert.equal((await unwrapWebhook(body, new Headers(headers), secret)).data.action_id, 1045);
  // As AWS API Gateway and others hand them on.
  const capitals = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replaceAll(/\b\w/g, (first) => first.toUpperCase()),
      value,
    ]),
  );
  assert.ok('Webhook-Id' in capitals);
  assert.equal((await unwrapWebhook(body, capitals, secret)).data.action_id, 1045);
  const other = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
  const refused = [
    () => unwrapWebhook(`${body} `, headers, secret),
    () => unwrapWebhook(body, headers, other),
    () => unwrapWebhook(body, { ...headers, 'webhook-id': '1046' }, secret),
    () => unwrapWebhook(body, { ...headers, 'webhook-signature': 'v1,%%%' }, secret),
    () => unwrapWebhook(body, { ...headers, 'webhook-signature': undefined }, secret),
    async () => unwrapWebhook(body, await signed(now() - 301), secret),
    async () => unwrapWebhook(body, await signed(now() + 301), secret),
    () => unwrapWebhook(body, {}, secret),
  ];
  for (const attempt of refused) await assert.rejects(attempt(), RelaisError);
  const untimed = unwrapWebhook(body, { ...headers, 'webhook-timestamp': undefined }, secret);
  await assert.rejects(untimed, /webhook-timestamp is missing/);
});

test('a secret of another form is told', async () => {
  await assert.rejects(unwrapWebhook(body, await signed(), 'secret'), /whsec_/);
});
