import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * An address as PostgreSQL and ranges know it: without the zone of a link-local one (%eth0), and
 * without the port and the brackets that some proxies write into X-Forwarded-For. What is no
 * address stays as it is.
 */
export function plainAddress(written: string): string {
  const [, bracketed, dotted] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(written.trim()) ?? [];
  const address = (bracketed ?? dotted ?? written).replace(/%.*$/, '');
  return isIP(address) ? address : written;
}

/** From where a request comes: the peer, or whom a trusted proxy names. */
export const addressOf = (request: FastifyRequest): string => plainAddress(request.ip);
