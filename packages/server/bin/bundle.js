// The server as one file of JavaScript, made of src/ and the packages that it uses: `npm run build`.
// Node has less to read, compile and keep than with a thousand files of TypeScript.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = fileURLToPath(new URL('../dist/', import.meta.url));

/** Where it begins. */
export const BUNDLE = join(folder, 'main.js');
/** Of which sources it was made. */
export const STAMP = join(folder, 'sources.sha256');

/** A digest of all that it is made of: our files, how they are put together, the versions of the packages. */
export function sourcesDigest() {
  const hash = createHash('sha256');
  const add = (path) => hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  for (const sources of ['packages/contract/src', 'packages/server/src']) {
    const entries = readdirSync(join(root, sources), { recursive: true });
    for (const path of entries.sort()) if (path.endsWith('.ts')) add(join(sources, path));
  }
  for (const path of ['build.js', 'bundling.js']) add(join('packages/server', path));
  add('package-lock.json');
  return hash.digest('hex');
}

/** True when it is there and made of the sources as they are now. */
export const isBundled = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourcesDigest();
