import assert from 'node:assert/strict';
import type { ErrorCode } from '@relais/contract';
import type { Reply } from './server.ts';

/**
 * One request at the door of intake, just as it is given. No redirect is followed. What every
 * answer must have is checked here: a Request-Id, and that nobody keeps a copy.
 */
export async function knock(url: string, source: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${url}/intake/v1/${source}`, {
    method: 'POST',
    redirect: 'manual',
    ...init,
  });
  const reply = {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  };
  assert.match(reply.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(reply.headers.get('cache-control'), 'no-store');
  return reply;
}

/** A refusal has its status, its code, and a body of exactly the two published fields. */
export function assertRefused(
  reply: Reply,
  status: number,
  code: ErrorCode,
  sentence?: string,
): void {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.headers.get('error-code'), code);
  const body = JSON.parse(reply.text);
  assert.deepEqual(Object.keys(body), ['valid', 'error']);
  assert.equal(body.valid, false);
  if (sentence === undefined) assert.match(body.error, /^[A-Z].+\.$/);
  else assert.equal(body.error, sentence);
  assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
}
