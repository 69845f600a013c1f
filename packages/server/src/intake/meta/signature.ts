import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Meta sent this body: its `X-Hub-Signature-256` header is `sha256=<hex HMAC-SHA256>` of
 * the bytes as they came, by the secret of the app. Compared in constant time; a header that is
 * absent or malformed is false.
 *
 * Source: developers.facebook.com/docs/graph-api/webhooks/getting-started, "Validating Payloads".
 */
export function signed(appSecret: string, raw: Buffer, header: string | undefined): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  // Anybody can sign with an empty secret.
  if (hex === undefined || appSecret === '') return false;
  const expected = createHmac('sha256', appSecret).update(raw).digest();
  return timingSafeEqual(expected, Buffer.from(hex, 'hex'));
}
