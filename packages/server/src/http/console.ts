import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { pageHeaders } from './pageHeaders.ts';

/** Where `npm run build -w @relais/console` writes. */
const BUILD = fileURLToPath(new URL('../../../console/dist/', import.meta.url));
const NOT_BUILT =
  'The console is not built: run "npm run build -w @relais/console" and start the server again. The API works all the same, and /docs describes it.\n';
/** What index.html holds in place of the nonce of an answer. */
const NONCE = '<meta name="style-nonce" content=""';

/** What is never a page: who looks at an API with a browser reads the errors of that API. */
const NO_PAGE = /^\/(api|intake|operator|assets)(\/|$)/;

/** Only our own files, and the <style> elements that carry this answer's nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The operators' console: its page at `/` and at the addresses of its screens, also beneath
 * `/@<CRM database>`, and its files at `/assets/`. At any other address a browser that asks for
 * HTML gets the page too, with 404, since it says so in the reader's language.
 */
export async function operatorConsole(app: FastifyInstance, build: string = BUILD): Promise<void> {
  const routes = await readFile(join(build, 'routes.json'), 'utf8').catch(() => undefined);
  // Read at each answer: after an update it names other files, and the old ones are gone.
  const readIndex = () => readFile(join(build, 'index.html'), 'utf8').catch(() => undefined);

  const page = async (_request: unknown, reply: FastifyReply) => {
    const index = await readIndex();
    reply.headers({ ...pageHeaders, 'Cache-Control': 'no-cache' });
    if (index === undefined) {
      return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    }
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .header('Content-Security-Policy', policy(nonce))
      .type('text/html; charset=utf-8')
      .send(index.replace(NONCE, `${NONCE.slice(0, -1)}${nonce}"`));
  };

  app.get('/', page);
  if (routes === undefined) return;
  app.get('/@:database', page);
  for (const screen of JSON.parse(routes) as string[]) {
    for (const address of [`/${screen}`, `/@:database/${screen}`]) {
      app.get(address, page);
      app.get(`${address}/*`, page);
    }
  }
  app.get('/*', (request, reply) => {
    const asksForPage = request.headers.accept?.includes('text/html') ?? false;
    const path = request.url.split('?', 1)[0] ?? '';
    if (!asksForPage || NO_PAGE.test(path)) return reply.callNotFound();
    return page(request, reply.code(404).header('Error-Code', 'not_found'));
  });
  await app.register(files, {
    root: join(build, 'assets'),
    prefix: '/assets/',
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      // A name that holds a hash of the content never gets another content, compressed or not.
      const isHashed = /-[\w-]{8}\.\w+(\.br|\.gz)?$/.test(path);
      reply.headers({
        ...pageHeaders,
        'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
    },
  });
}
