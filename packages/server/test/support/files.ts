import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Job, uploadedFile } from '@relais/contract';
import { openRows } from '../../src/intake/file/openRows.ts';
import { temporaryFolder } from './command.ts';
import { cellsOf } from './rowFile.ts';
import type { Caller } from './staff.ts';

/** Somebody's browser: where the server is, and the cookie of a session, if there is one. */
export interface Browser {
  readonly url: string;
  readonly cookie?: string | undefined;
}

export interface UploadOptions {
  readonly name?: string;
  readonly database?: string;
  readonly headers?: Record<string, string>;
}

const query = (entries: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();

/** Sends a file as a page of the console does. */
export function put(
  { url, cookie }: Browser,
  content: NonNullable<RequestInit['body']>,
  { name = 'leads.csv', database, headers }: UploadOptions = {},
): Promise<Response> {
  return fetch(`${url}/operator/v1/files?${query({ name, database })}`, {
    method: 'PUT',
    headers: { origin: url, ...(cookie ? { cookie } : {}), ...headers },
    body: content,
    duplex: 'half',
  });
}

/** Uploads a file; gives its id. */
export async function upload(
  browser: Browser,
  content: string | Buffer,
  options?: UploadOptions,
): Promise<string> {
  const response = await put(browser, Buffer.from(content), options);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  const answer = uploadedFile.parse(JSON.parse(text));
  assert.equal(answer.bytes, Buffer.byteLength(content));
  return answer.file_id;
}

export function get(
  { url, cookie }: Browser,
  id: string,
  options: { database?: string; headers?: Record<string, string>; method?: string } = {},
): Promise<Response> {
  const { database, headers, method = 'GET' } = options;
  return fetch(`${url}/operator/v1/files/${id}?${query({ database })}`, {
    method,
    headers: { ...(cookie ? { cookie } : {}), ...headers },
  });
}

/** The file that a job has made. */
export async function download(
  browser: Browser,
  { file }: Pick<Job, 'file'>,
  database?: string,
): Promise<Buffer> {
  assert.ok(file, 'the job made no file');
  const response = await get(browser, file.file_id, database ? { database } : {});
  const content = Buffer.from(await response.arrayBuffer());
  assert.equal(response.status, 200, content.toString());
  assert.equal(content.length, file.bytes);
  return content;
}

/** Titles and rows of a file of ours, read as an import reads it. */
export async function tableOf(
  t: TestContext,
  content: Buffer,
): Promise<Record<string, string | undefined>[]> {
  const path = join(await temporaryFolder(t), 'made');
  await writeFile(path, content);
  const file = await openRows(path);
  const [first = [], ...others] = await cellsOf(file);
  // Titles that no file of leads has are taken for a row.
  const [titles, rows] = file.hasHeader ? [file.titles, [first, ...others]] : [first, others];
  return rows.map((cells) =>
    Object.fromEntries(titles.map((title, index) => [title, cells[index]])),
  );
}

/** Waits until a job has ended: asks soon at first, and never as often as the server limits. */
export async function ended({ call }: Caller, id: number, database?: string): Promise<Job> {
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 250)) {
    const job = await call('getJob', { id }, database ? { database } : {});
    if (job.finished_at) return job;
    await delay(pause);
  }
}
