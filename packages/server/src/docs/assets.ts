import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

const FOLDER = new URL('assets/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file that the page loads. */
export interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
  /** Changes with the body (RFC 9110 section 8.8.3). */
  readonly etag: string;
}

/** The files that the page loads from /docs/, read once, in the order of their names. */
export const docsAssets: ReadonlyMap<string, Asset> = new Map(
  readdirSync(FOLDER)
    .sort()
    .map((name) => {
      const body = readFileSync(new URL(name, FOLDER));
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      return [name, { contentType: TYPES[extname(name)] ?? '', body, etag }];
    }),
);

/** The style sheets: a later one may override an earlier one. */
export const styles = [
  ...['base.css', 'bar.css', 'layout.css', 'reference.css', 'code.css'],
  ...['tryIt.css', 'search.css', 'print.css'],
];

/** The scripts: `docs.js` is the entry, the others are what it imports. */
export const scripts = [...docsAssets.keys()].filter((name) => extname(name) === '.js');
