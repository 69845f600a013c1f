import { API_VERSION, openapi } from '@relais/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { docsAssets, renderDocs } from '../docs/index.ts';
import { sendJson } from './reply.ts';

const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** The documentation: `/docs`, its assets, and `/openapi.json`. */
export function docs(app: FastifyInstance, { config }: Context): void {
  const baseUrl = (request: FastifyRequest) =>
    config.publicUrl ?? `${request.protocol}://${request.host}`;

  app.get('/', (_request, reply) => reply.redirect('/docs', 302));
  app.get('/docs', (request, reply: FastifyReply) =>
    reply
      .headers(PAGE_HEADERS)
      .type('text/html; charset=utf-8')
      .send(renderDocs({ baseUrl: baseUrl(request), version: API_VERSION })),
  );
  for (const [name, asset] of docsAssets) {
    app.get(`/docs/${name}`, (_request, reply) =>
      reply
        .headers({ ...PAGE_HEADERS, 'Cache-Control': 'no-cache' })
        .type(asset.contentType)
        .send(asset.body),
    );
  }
  app.get('/openapi.json', (request, reply) =>
    sendJson(reply, 200, JSON.stringify(openapi({ url: baseUrl(request) }))),
  );
}
