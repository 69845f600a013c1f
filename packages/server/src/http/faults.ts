import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { limits, sizeText } from '@relais/contract';
import type { FastifyError, FastifyInstance } from 'fastify';
import { refusalOf } from '../failure.ts';
import { errorFields, type Logger } from '../log/log.ts';
import { Refusal } from '../refusal.ts';
import { errorBody, errorHeaders } from './errorBody.ts';
import { commonHeaders, digestOf, sendRefusal } from './reply.ts';

const malformed = () => new Refusal('invalid_request', 'The HTTP request is malformed.');

/** The framework's own errors, which have another shape than ours. */
export function frameworkRefusal(error: FastifyError, bodyLimit = 0): Refusal | undefined {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Refusal('payload_too_large', `The body is larger than ${sizeText(bodyLimit)}.`);
  }
  return error.statusCode && error.statusCode < 500 ? malformed() : undefined;
}

/** Every way to fail ends in the contract's error: handlers, framework, parser and raw sockets. */
export function answerFaults(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = refusalOf(error) ?? frameworkRefusal(error, request.routeOptions.bodyLimit);
    if (refusal?.code === 'unavailable' && !(error instanceof Refusal)) {
      log.warn({ request: request.id, ...errorFields(error) }, 'unavailable');
    }
    if (refusal) return sendRefusal(request, reply, refusal);
    log.error({ request: request.id, ...errorFields(error) }, 'unexpected failure');
    sendRefusal(
      request,
      reply,
      new Refusal('internal_error', `Something failed on our side. Request-Id: ${request.id}`),
    );
  });
  app.setNotFoundHandler((request, reply) => {
    sendRefusal(request, reply, new Refusal('not_found', 'Nothing is at this address.'));
  });
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = new Refusal('expectation_failed', 'Only Expect: 100-continue is understood.');
    const { headers, body } = rawError(refusal, request.headers.accept);
    response.writeHead(refusal.status, headers).end(body);
  });
}

/** Headers and body of an error where there is no framework: on the bare response or socket. */
function rawError(refusal: Refusal, accept?: string) {
  const { contentType, body } = errorBody(refusal, accept);
  const headers: Record<string, string> = {
    ...commonHeaders(randomUUID()),
    ...errorHeaders(refusal),
    'Content-Type': contentType,
    'Content-Digest': digestOf(body),
    'Content-Length': String(Buffer.byteLength(body)),
  };
  return { headers, body };
}

/** Answers on a socket whose request could not be parsed, and closes it. */
export function answerParserError(error: NodeJS.ErrnoException, socket: Socket): void {
  const refusal = parserRefusal(error);
  if (!socket.writable || !refusal) {
    socket.destroy();
    return;
  }
  const { headers, body } = rawError(refusal);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}Connection: close\r\n\r\n${body}`,
  );
}

/** Why a request could not be read; undefined when its connection was lost. */
export function parserRefusal({ code }: NodeJS.ErrnoException): Refusal | undefined {
  if (code === 'ECONNRESET') return undefined;
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Refusal(
      'headers_too_large',
      `The request headers are larger than ${sizeText(limits.headerBytes)}.`,
    );
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Refusal('request_timeout', 'The request did not arrive in time.');
  }
  return malformed();
}
