import { API_VERSION, openapi } from '@relais/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import {
  type Asset,
  docsAssets,
  languageNames,
  preferredLanguage,
  renderDocs,
  renderLlms,
  renderMarkdown,
} from '../docs/index.ts';
import { pageHeaders } from './pageHeaders.ts';
import { sendJson } from './reply.ts';

const HEADERS = {
  ...pageHeaders,
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const HTML = 'text/html; charset=utf-8';
const MARKDOWN = 'text/markdown; charset=utf-8';

/** The documentation: `/docs` in each language, as Markdown too, its assets, and `/openapi.json`. */
export function docs(app: FastifyInstance, { config }: Context): void {
  const baseUrl = (request: FastifyRequest) =>
    config.publicUrl ?? `${request.protocol}://${request.host}`;
  const page = kept(renderDocs);
  const markdown = kept(renderMarkdown);
  const options = (request: FastifyRequest, language = preferredLanguage()) => ({
    language,
    baseUrl: baseUrl(request),
    version: API_VERSION,
  });

  app.get('/docs', (request, reply) => {
    const language = preferredLanguage(request.headers['accept-language']);
    reply.headers({ Vary: 'Accept-Language', 'Content-Language': language });
    return sendText(reply, HTML, page(options(request, language)));
  });
  for (const language of languageNames) {
    const header = { 'Content-Language': language };
    app.get(`/docs/${language}`, (request, reply) =>
      sendText(reply.headers(header), HTML, page(options(request, language))),
    );
    app.get(`/docs/${language}.md`, (request, reply) =>
      sendText(reply.headers(header), MARKDOWN, markdown(options(request, language))),
    );
  }
  app.get('/llms.txt', (request, reply) =>
    sendText(reply, 'text/plain; charset=utf-8', renderLlms(options(request))),
  );
  for (const [name, asset] of docsAssets) {
    app.get(`/docs/${name}`, (request, reply) => sendAsset(request, reply, asset));
  }
  app.get('/openapi.json', (request, reply) =>
    sendJson(reply, 200, JSON.stringify(openapi({ url: baseUrl(request) }))),
  );
}

type PageOptions = Parameters<typeof renderDocs>[0];

/** How many pages are kept: their address is the caller's word when none is configured. */
const MOST_KEPT = 16;

/** Makes a page once for each language and address: anyone may ask, as often as they like. */
function kept(make: (options: PageOptions) => string): (options: PageOptions) => string {
  const pages = new Map<string, string>();
  return (options) => {
    const name = `${options.language} ${options.baseUrl}`;
    const page = pages.get(name) ?? make(options);
    if (pages.size >= MOST_KEPT) pages.clear();
    pages.set(name, page);
    return page;
  };
}

const sendText = (reply: FastifyReply, contentType: string, body: string | Buffer) =>
  reply.headers(HEADERS).type(contentType).send(body);

/** A file that a browser keeps and asks about again: unchanged, it is not sent twice. */
function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset) {
  reply.headers({ 'Cache-Control': 'no-cache', ETag: asset.etag });
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
  return sendText(reply, asset.contentType, asset.body);
}
