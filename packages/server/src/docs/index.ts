import { readFileSync } from 'node:fs';

export { type CurlExample, curlExamples } from './curl.ts';
export { renderDocs } from './page.ts';

const TYPES = {
  'docs.css': 'text/css; charset=utf-8',
  'docs.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;

/** The files that the page loads from /docs/, read once. */
export const docsAssets: ReadonlyMap<string, { contentType: string; body: Buffer }> = new Map(
  Object.entries(TYPES).map(([name, contentType]) => [
    name,
    { contentType, body: readFileSync(new URL(`assets/${name}`, import.meta.url)) },
  ]),
);
