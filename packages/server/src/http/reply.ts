import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../refusal.ts';
import { errorBody, errorHeaders } from './errorBody.ts';
import { note } from './requestLog.ts';

/** The headers of every answer. */
export const commonHeaders = (requestId: string): Record<string, string> => ({
  'Request-Id': requestId,
  'Cache-Control': 'no-store',
});

/** Sends JSON text. */
export function sendJson(
  reply: FastifyReply,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  reply
    .code(status)
    .headers({ ...headers, 'Content-Digest': digestOf(text) })
    .type('application/json; charset=utf-8')
    .send(text);
}

/** RFC 9530. */
const digestOf = (text: string): string =>
  `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;

/** Sends an error in the contract's shape. The body of the answer to HEAD is left out by HTTP. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  note(request, { code: refusal.code });
  const { contentType, body } = errorBody(refusal, request.headers.accept);
  reply
    .code(refusal.status)
    .headers({
      ...commonHeaders(request.id),
      ...errorHeaders(refusal),
      'Content-Digest': digestOf(body),
    })
    .type(contentType)
    .send(body);
}
