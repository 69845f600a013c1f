import type { FastifyInstance } from 'fastify';
import { inTime } from '../concurrency/inTime.ts';
import type { Context } from '../context.ts';
import { probe } from '../store/examine.ts';
import { sendJson } from './reply.ts';

/** How long the databases may take to answer, milliseconds. */
const PATIENCE = 2_000;

/** `/healthz`: the process answers. `/readyz`: so do the catalog and every CRM database. */
export function health(app: FastifyInstance, context: Context): void {
  let looking: Promise<boolean> | undefined;

  app.get('/healthz', (_request, reply) => sendJson(reply, 200, '{"status":"ok"}'));
  app.get('/readyz', async (_request, reply) => {
    // Callers at the same moment share one look: the page's badge is open to anyone.
    looking ??= databasesAnswer(context).finally(() => {
      looking = undefined;
    });
    if (await looking) sendJson(reply, 200, '{"status":"ok"}');
    else sendJson(reply, 503, '{"status":"unavailable"}', { 'Retry-After': '5' });
    return reply;
  });
}

async function databasesAnswer({ databases, log }: Context): Promise<boolean> {
  const ask = async () => {
    await probe(databases.catalog);
    const all = await databases.all();
    await Promise.all(all.map(({ db }) => probe(db)));
  };
  try {
    await inTime(ask(), PATIENCE);
    return true;
  } catch {
    log.warn('a database does not answer');
    return false;
  }
}
