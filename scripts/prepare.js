// `npm ci` and `npm install` run this at their end: it builds the console, so that the server has
// something to serve. Plain JavaScript, since npm may run it with an older Node than ours. Where it
// cannot build, it says so and lets the installation go on: the server works without.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../packages/console/', import.meta.url));
const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));

function obstacle() {
  if (!existsSync(`${folder}package.json`)) return 'it is not part of this installation';
  if (!existsSync(vite)) return 'Vite is not installed';
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) return `Node ${major}.${minor} is too old`;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return 'its folder cannot be written to';
  }
  return undefined;
}

const reason = obstacle();
if (reason) {
  console.log(`The console is not built: ${reason}.`);
} else {
  const options = { cwd: folder, stdio: 'inherit' };
  process.exitCode =
    spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], options).status ?? 1;
}
