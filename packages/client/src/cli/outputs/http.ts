import { networkReason } from '../../failures.ts';
import { readRetryAfter, retryDelay, wait } from '../../retry.ts';
import type { Contact } from '../../types.ts';
import { type ContactEvent, signWebhook } from '../../webhook.ts';
import { CliError, exitCodes } from '../faults.ts';
import type { Output } from './output.ts';

const TRIES = 6;
/** Milliseconds for one answer, unless told otherwise. */
const TIMEOUT = 30_000;
/** Seconds: a receiver that asks to wait longer is left for the next run. */
const LONGEST_WAIT = 120;

/**
 * An address that is sent each contact by itself, signed, until it has answered with a status of
 * 2xx. Both `webhook-id` and `Idempotency-Key` are the action id: the one contact that was under
 * way when a process died is sent again with the same.
 */
export const httpOutput = (url: string, secret: string, timeout = TIMEOUT): Output => ({
  take: async () => async () => {},
  mark: async () => 0,
  async write(contacts, { done, onDone, signal }) {
    for (const contact of contacts) {
      if (done.has(contact.action_id)) continue;
      await deliver({ url, secret, timeout, signal }, contact);
      await onDone(contact.action_id);
    }
  },
});

interface Receiver {
  readonly url: string;
  readonly secret: string;
  /** Milliseconds for one answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

async function deliver(receiver: Receiver, contact: Contact): Promise<void> {
  const id = String(contact.action_id);
  const timestamp = new Date().toISOString();
  const event: ContactEvent = { type: 'contact.pulled', timestamp, data: contact };
  const body = JSON.stringify(event);
  for (let number = 1; ; number += 1) {
    const seconds = Math.floor(Date.now() / 1000);
    const answer = await post(receiver, body, {
      'content-type': 'application/json',
      'idempotency-key': id,
      ...(await signWebhook(receiver.secret, { id, timestamp: seconds, body })),
    });
    if (answer.status >= 200 && answer.status < 300) return;
    const patient = (answer.retryAfter ?? 0) <= LONGEST_WAIT;
    if (number === TRIES || !patient || !isTemporary(answer.status)) {
      throw new CliError(
        `The receiver ${new URL(receiver.url).host} did not take contact ${id}: ${answer.said}. It is the first of the next run with the same --out.`,
        isTemporary(answer.status) ? exitCodes.temporary : exitCodes.failure,
      );
    }
    await wait(retryDelay(number, answer.retryAfter, Math.random()), receiver.signal);
  }
}

/** 0 stands for no answer. */
const isTemporary = (status: number): boolean =>
  status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;

async function post(
  { url, timeout, signal }: Receiver,
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; said: string; retryAfter?: number | undefined }> {
  // Used below, and so kept: Node 20 forgets a time-out that AbortSignal.any alone knows, and would
  // wait for a silent receiver without end.
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, late]),
    });
    await response.body?.cancel();
    const { status } = response;
    const retryAfter = readRetryAfter(response.headers.get('retry-after'), Date.now());
    return { status, said: `it answered ${status}`, retryAfter };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const why = late.aborted ? `within ${timeout / 1000} seconds` : `(${networkReason(error)})`;
    return { status: 0, said: `no answer ${why}` };
  }
}
