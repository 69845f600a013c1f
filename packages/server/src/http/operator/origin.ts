import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { Refusal } from '../../refusal.ts';

/**
 * The web origin at which browsers reach the console: the one of the configuration, or the one
 * that was asked for. Behind a proxy that speaks TLS, RELAIS_PUBLIC_URL has to say it, or
 * RELAIS_TRUSTED_PROXIES whose X-Forwarded-Proto is believed.
 */
export function ownOrigin(config: Config, request: FastifyRequest): string {
  const url = config.publicUrl ?? `${request.protocol}://${request.host}`;
  if (!URL.canParse(url)) throw new Refusal('invalid_request', 'The Host header is malformed.');
  return new URL(url).origin;
}

/**
 * Refuses what a page of another origin makes a browser send (cross-site request forgery). Browsers
 * say where a request comes from in `Sec-Fetch-Site` and `Origin`; a program that is no browser
 * sends neither, and has no cookie of anyone.
 */
export function assertOwnOrigin(own: string, { headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (headers.origin !== undefined && headers.origin !== own);
  if (foreign) {
    throw new Refusal('foreign_origin', 'This request comes from a page of another web origin.');
  }
}

/** Refuses what is not said to be JSON: a form of another page can say many things, but not that. */
export function assertJson({ headers }: FastifyRequest): void {
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new Refusal('invalid_request', 'Send the body as application/json.');
  }
}
