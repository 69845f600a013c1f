import { RelaisError } from './errors.ts';
import type { Contact } from './types.ts';

/** What is sent to an HTTP address for each contact. */
export interface ContactEvent {
  readonly type: 'contact.pulled';
  /** When it was sent first, ISO 8601. */
  readonly timestamp: string;
  readonly data: Contact;
}

/** A signed message, as it is sent. */
interface Signed {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers of a request, as the many frameworks give them. */
type GivenHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A header by its name in small letters; some frameworks keep the capitals that were sent. */
function headerOf(headers: GivenHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const [, value = ''] =
    Object.entries(headers).find(([each]) => each.toLowerCase() === name) ?? [];
  return String(value);
}

const TOLERANCE = 5 * 60;

/**
 * The headers of a message, as Standard Webhooks 1.0.0 has them: `v1,` and the HMAC-SHA256 of id,
 * time and body under the secret, `whsec_` and 24 to 64 bytes in base64.
 */
export async function signWebhook(
  secret: string,
  { id, timestamp, body }: Signed,
): Promise<Record<string, string>> {
  const key = await keyOf(secret, 'sign');
  const signature = await crypto.subtle.sign('HMAC', key, signedBytes({ id, timestamp, body }));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`,
  };
}

/**
 * What a receiver was sent by `relais-client … --out https://…`, once its signature has been
 * checked: over the body exactly as it came, not older than five minutes. Fails with a RelaisError.
 * Its `webhook-id` is the action id: pass over one that you know.
 */
export async function unwrapWebhook(
  body: string,
  headers: GivenHeaders,
  secret: string,
): Promise<ContactEvent> {
  const given = (name: string) => headerOf(headers, name);
  const id = given('webhook-id');
  const timestamp = Number(given('webhook-timestamp') || Number.NaN);
  if (!id || !Number.isSafeInteger(timestamp)) {
    throw new RelaisError('The request is no webhook: webhook-id or webhook-timestamp is missing.');
  }
  if (Math.abs(Date.now() / 1000 - timestamp) > TOLERANCE) {
    throw new RelaisError('The webhook is older than five minutes, or the clocks differ.');
  }
  const key = await keyOf(secret, 'verify');
  const bytes = signedBytes({ id, timestamp, body });
  for (const signature of given('webhook-signature').split(' ')) {
    const [version, base64 = ''] = signature.split(',');
    const claimed = version === 'v1' ? bytesOf(base64) : undefined;
    if (claimed && (await crypto.subtle.verify('HMAC', key, claimed, bytes))) {
      return JSON.parse(body) as ContactEvent;
    }
  }
  throw new RelaisError('The signature of the webhook is wrong.');
}

const signedBytes = ({ id, timestamp, body }: Signed) =>
  new TextEncoder().encode(`${id}.${timestamp}.${body}`);

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

async function keyOf(secret: string, use: 'sign' | 'verify') {
  const bytes = secret.startsWith('whsec_') ? bytesOf(secret.slice(6)) : undefined;
  if (!bytes || bytes.length < 24 || bytes.length > 64) {
    throw new TypeError('The secret must be "whsec_" and 24 to 64 bytes in base64.');
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
}
