import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { Refusal } from '../../refusal.ts';

/**
 * Refuses what a page of another origin makes a browser send (cross-site request forgery): every
 * change is a POST of JSON, which no form can send, from our own origin. Browsers say where a
 * request comes from in `Sec-Fetch-Site` and `Origin`; a program that is no browser sends neither,
 * and has no cookie of anyone.
 */
export function assertOwnOrigin(config: Config, request: FastifyRequest): void {
  const { headers } = request;
  const site = headers['sec-fetch-site'];
  const own = new URL(config.publicUrl ?? `${request.protocol}://${request.host}`).origin;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (headers.origin !== undefined && headers.origin !== own);
  if (foreign) {
    throw new Refusal('foreign_origin', 'This request comes from a page of another web origin.');
  }
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new Refusal('invalid_request', 'Send the body as application/json.');
  }
}
