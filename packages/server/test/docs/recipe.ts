import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Recipe, recipes } from '../../src/docs/recipes/index.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import type { TestServer } from '../support/server.ts';

export const COUNT = 450;
export const everyId = Array.from({ length: COUNT }, (_, index) => index + 1);
export const sorted = (ids: readonly number[]) => [...ids].sort((left, right) => left - right);

/** What a proxy does to a recipe. */
export interface Mischief {
  readonly meanwhile?: () => Promise<void>;
  readonly instead?: {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  };
}

let number = 0;

/**
 * A queue that only this test's key sees, behind a proxy that loses the first answer of each pull
 * and passes on no header but the API key, and the recipe as a reader has it, in a folder of its own.
 * `meanwhile` is awaited before the proxy passes on its first request; `instead` is what it answers
 * in place of what it loses.
 */
export async function openRecipe(
  server: TestServer,
  folder: string,
  id: Recipe['id'],
  { meanwhile, instead }: Mischief = {},
) {
  number += 1;
  const database = await server.create(`${id}${number}`);
  await loadInto(database, queueCrm(COUNT));
  const { text: key } = await server.key('Promoteur X', { database });
  const seen = new Set<unknown>();
  const proxy = createServer(async (request, response) => {
    const body = await text(request);
    const name = JSON.parse(body).idempotencyKey;
    const isNew = !seen.has(name);
    const isFirst = seen.size === 0;
    seen.add(name);
    if (isFirst) await meanwhile?.();
    const answer = await fetch(`${server.url}${request.url}`, {
      method: 'POST',
      headers: { 'x-api-key': String(request.headers['x-api-key']) },
      body,
    });
    const given = await answer.text();
    if (isNew && instead) response.writeHead(instead.status, instead.headers).end(instead.body);
    else if (isNew) response.destroy();
    else response.writeHead(answer.status, [...answer.headers].flat()).end(given);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const own = join(folder, `${id}${number}`);
  await mkdir(own);
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const recipe = recipes.find((one) => one.id === id);
  const code = recipe?.code(url) ?? '';
  const file = join(own, recipe?.file ?? '');
  await writeFile(file, code);
  return { key, own, code, file, url, close: () => proxy.close() };
}
