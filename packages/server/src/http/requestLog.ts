import type { FastifyRequest } from 'fastify';

/** What a line of the request log may hold, beside method, route, status and duration. */
export interface LogFields {
  operation?: string;
  key?: string;
  client?: number;
  database?: string;
  pull?: string;
  source?: string;
  lead?: number;
  outcome?: string;
  staff?: number;
  code?: string;
}

const noted = new WeakMap<FastifyRequest, LogFields>();

/** Adds fields to the line that is written when the request ends. */
export function note(request: FastifyRequest, fields: LogFields): void {
  noted.set(request, { ...noted.get(request), ...fields });
}

export const notesOf = (request: FastifyRequest): LogFields => noted.get(request) ?? {};
