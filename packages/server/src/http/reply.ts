import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../refusal.ts';
import { errorBody, errorHeaders } from './errorBody.ts';
import { note } from './requestLog.ts';

/**
 * The headers of every answer. Nothing is to be guessed, run or framed of what is no page of ours;
 * those have a Content-Security-Policy of their own.
 */
export const commonHeaders = (requestId: string): Record<string, string> => ({
  'Request-Id': requestId,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
});

/** Where the server is reached by TLS, browsers are to come by TLS alone, for a year (RFC 6797). */
export const tlsOnly = (publicUrl: string | undefined): Record<string, string> =>
  publicUrl?.startsWith('https:')
    ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }
    : {};

/** Sends JSON text. */
export function sendJson(
  reply: FastifyReply,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  sendBytes(reply, status, sendable(text, headers));
}

/** A JSON body as it is sent. */
export interface Sendable {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** JSON text as bytes, with their digest. */
export function sendable(text: string, headers: Readonly<Record<string, string>> = {}): Sendable {
  const body = Buffer.from(text);
  return { body, headers: { ...headers, 'Content-Digest': digestOf(body) } };
}

/** Sends a body that is JSON already. */
export function sendBytes(reply: FastifyReply, status: number, { body, headers }: Sendable): void {
  reply.code(status).headers(headers).type('application/json; charset=utf-8').send(body);
}

/** RFC 9530. */
export const digestOf = (body: string | Buffer): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

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
