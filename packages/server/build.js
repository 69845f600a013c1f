// `npm run build -w @relais/server`: makes the server one file. Plain JavaScript, since `npm ci` runs
// it with the Node that npm has.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { BUNDLE, isBundled, STAMP, sourcesDigest } from './bin/bundle.js';
import { bundling } from './bundling.js';

// It would be the same again.
if (isBundled()) process.exit();

const dist = dirname(BUNDLE);

const digest = sourcesDigest();
rmSync(dist, { recursive: true, force: true });
const bundle = await rolldown({
  input: fileURLToPath(new URL('src/main.ts', import.meta.url)),
  ...bundling(dist),
});
// V8 keeps the source of what it runs, in twice the room where one sign of it is not Latin-1.
await bundle.write({ dir: dist, format: 'esm', charset: 'ascii', comments: false });
await bundle.close();
// Last: a bundle that was broken off has none, and is not used.
writeFileSync(STAMP, digest);
