import type { leadHeaders } from '@relais/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Gate } from '../../concurrency/gate.ts';
import type { Context } from '../../context.ts';
import type { CrmDatabase } from '../../installation/databases.ts';
import { readForm, readFormLead } from '../../intake/channels/form.ts';
import { readGoogleLead } from '../../intake/channels/google.ts';
import { readJsonLead } from '../../intake/channels/json.ts';
import type { LeadDraft } from '../../intake/leadDraft.ts';
import { readNotification } from '../../intake/meta/notification.ts';
import { metaSecrets } from '../../intake/meta/secrets.ts';
import { signed } from '../../intake/meta/signature.ts';
import { receive } from '../../intake/receive.ts';
import type { Admission } from '../../intake/settle.ts';
import { Refusal } from '../../refusal.ts';
import { insertNotices } from '../../store/metaNotices.ts';
import type { Channel, Source } from '../../store/sources.ts';
import { parseExactJson } from '../../text/exactJson.ts';
import { addressOf } from '../address.ts';
import { idempotencyKeyOf } from '../idempotencyKey.ts';
import { parseBody } from '../json.ts';
import type { Limits } from '../limits.ts';
import { sendJson } from '../reply.ts';
import { note } from '../requestLog.ts';
import { assertToken, tokenOfHeaders } from './credentials.ts';
import { presentAdmission } from './leadAnswer.ts';
import { THANKS, THANKS_HEADERS } from './thanks.ts';

/** One request at the door of a source. */
export interface Arrival {
  readonly context: Context;
  readonly limits: Limits;
  readonly database: CrmDatabase;
  readonly source: Source;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly gate: Gate;
}

async function takeJson(arrival: Arrival): Promise<void> {
  const { request, reply, source } = arrival;
  assertToken(source, tokenOfHeaders(request.headers));
  await keepPace(arrival);
  const draft = readJsonLead(parseBody(request.body, parseExactJson));
  const named = idempotencyKeyOf(request.headers['idempotency-key'], undefined);
  const admission = await store(
    arrival,
    typeof named === 'string' ? { externalId: named, ...draft } : draft,
  );
  sendJson(reply, 200, JSON.stringify(presentAdmission(admission)), headersOf(admission));
}

const headersOf = ({
  lead,
  repeated,
}: Admission): Partial<Record<keyof typeof leadHeaders, string>> => ({
  'Lead-Id': String(lead),
  ...(repeated ? { 'Idempotency-Replayed': 'true' } : {}),
});

/**
 * The token of a form is on a public page, so anyone can try it: the answer tells nothing of who
 * is known.
 */
async function takeForm(arrival: Arrival): Promise<void> {
  const { request, reply, source, limits } = arrival;
  const fields = await readForm(bytesOf(request), rawContentType(request));
  assertToken(source, fields.find(({ name }) => name === 'token')?.value);
  const { retryAfter } = await limits.countForm(source.nom, addressOf(request));
  if (retryAfter !== undefined) {
    throw new Refusal('rate_limited', 'Too many forms from this address.', retryAfter);
  }
  await keepPace(arrival);
  await store(arrival, readFormLead(fields, source.honeypot));
  if (!request.headers.accept?.includes('text/html')) {
    sendJson(reply, 200, '{"outcome":"received"}');
  } else if (source.redirect_url) {
    reply.redirect(source.redirect_url, 303);
  } else {
    reply.headers(THANKS_HEADERS).type('text/html; charset=utf-8').send(THANKS);
  }
}

/** Google shows the token as `google_key`, and asks for an empty object. */
async function takeGoogle(arrival: Arrival): Promise<void> {
  const { request, reply, source } = arrival;
  const body = parseBody(request.body, parseExactJson);
  assertToken(source, body.google_key);
  await keepPace(arrival);
  const admission = await store(arrival, readGoogleLead(body));
  sendJson(reply, 200, '{}', headersOf(admission));
}

/** Meta only tells that there are leads: the notices are stored, then fetched at once. */
async function takeMeta(arrival: Arrival): Promise<void> {
  const { context, database, gate, request, reply, source } = arrival;
  const secrets = metaSecrets(await context.secret(), source);
  if (!secrets) throw new Refusal('unavailable', 'This source can not be read at present.', 60);
  const signature = request.headers['x-hub-signature-256'];
  const raw = bytesOf(request);
  if (!signed(secrets.appSecret, raw, signature === undefined ? undefined : String(signature))) {
    throw new Refusal('invalid_signature', 'The signature is missing or wrong.');
  }
  await keepPace(arrival);
  const notices = readNotification(raw).map(({ leadgenId, formId, adId }) => ({
    leadgenId,
    hints: [formId, adId].filter((id) => id !== undefined),
  }));
  await gate.pass(() => insertNotices(database.db, source.id, notices), source.nom);
  sendJson(reply, 200, '{}');
  context.metaWorker.wake();
}

/** Slows a source that sends faster than it may; the others are not touched. */
async function keepPace({ limits, source, reply }: Arrival): Promise<void> {
  const { retryAfter, headers } = await limits.countLead(source.nom, source.rate_limit);
  reply.headers(headers);
  if (retryAfter !== undefined) {
    throw new Refusal('rate_limited', 'This source sends too many leads at once.', retryAfter);
  }
}

async function store(arrival: Arrival, draft: LeadDraft): Promise<Admission> {
  const { database, gate, request, source } = arrival;
  const admission = await gate.pass(() => receive(database.db, source, draft), source.nom);
  note(request, { lead: admission.lead, outcome: admission.outcome });
  return admission;
}

const bytesOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

/** The Content-Type as it was sent: see readAnyBody. */
function rawContentType({ raw }: FastifyRequest): string | undefined {
  const at = raw.rawHeaders.findIndex(
    (name, index) => index % 2 === 0 && /^content-type$/i.test(name),
  );
  return at < 0 ? undefined : raw.rawHeaders[at + 1];
}

/** What each channel does with a request: whose it is, how fast it may come, what it says. */
export const channelDoors: ReadonlyMap<Channel, (arrival: Arrival) => Promise<void>> = new Map([
  ['json', takeJson],
  ['form', takeForm],
  ['google', takeGoogle],
  ['meta', takeMeta],
] as const);
