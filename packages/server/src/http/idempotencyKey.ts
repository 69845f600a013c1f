import { invalidParameter, Refusal } from '../refusal.ts';
import { nearest } from '../text/nearest.ts';

const VISIBLE = /^[\x21-\x7e]{1,255}$/;
/** A Structured Field String (RFC 9651), as draft-ietf-httpapi-idempotency-key-header-07 has it. */
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** The idempotency key of a request: from its header, bare or quoted, or from its body. */
export function idempotencyKeyOf(header: string | string[] | undefined, body: unknown): unknown {
  if (header === undefined) return body;
  const text = String(header);
  const key = QUOTED.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1') ?? text;
  if (!VISIBLE.test(key)) {
    throw new Refusal(
      'invalid_parameter',
      'Invalid header "Idempotency-Key": must be 1 to 255 visible ASCII characters.',
    );
  }
  // The member may be as the header is, in its quotes.
  if (body !== undefined && body !== key && body !== text) {
    throw invalidParameter('idempotencyKey', 'differs from the Idempotency-Key header');
  }
  return key;
}

/** A member that is at most so many edits from the name is it, misspelt: `x-idempotency-key`. */
const MISSPELT = 3;

/**
 * Refuses a body without an idempotency key that gives one under another name. Other members that a
 * published operation does not know are passed over; who misspells this one would learn of it when
 * they repeat a pull whose answer was lost, and it takes other contacts.
 */
export function refuseMisspeltKey(operation: string, body: object): void {
  const given = Object.keys(body).find((name) => nearest(name, ['idempotencyKey'], MISSPELT));
  if (given === undefined) return;
  throw new Refusal(
    'invalid_parameter',
    `"${operation}" has no such parameter ("${given}"): use "idempotencyKey".`,
  );
}
