import { makeTemplates } from '../packages/server/test/support/templates.ts';
import { openScratchPostgres } from './scratchPostgres.ts';

/**
 * A PostgreSQL for the support of tests, which finds it by TEST_DATABASE_URL and TEST_TEMPLATES: set
 * here, for this process and those that it starts.
 */
export async function openTestPostgres(parent?: string): Promise<{ close(): Promise<void> }> {
  await using cleanup = new AsyncDisposableStack();
  const server = await openScratchPostgres(parent);
  cleanup.defer(() => server.close());
  process.env.TEST_DATABASE_URL = server.url;
  const templates = await makeTemplates(server.url);
  cleanup.defer(() => templates.drop());
  const open = cleanup.move();
  return { close: () => open.disposeAsync() };
}
