// `npm ci` and `npm install` run this at their end: it builds the console, so that the server has
// something to serve, and the server as one file. Plain JavaScript, since npm may run it with an
// older Node than ours. Where it cannot build, it says so and lets the installation go on: the
// server works without the one, and from its sources.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

function obstacle(folder, tool) {
  if (!existsSync(`${folder}package.json`)) return 'it is not part of this installation';
  if (!existsSync(pathOf(`node_modules/${tool}/package.json`))) return `${tool} is not installed`;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) return `Node ${major}.${minor} is too old`;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return 'its folder cannot be written to';
  }
  return undefined;
}

function build(what, folder, tool, ...command) {
  const reason = obstacle(folder, tool);
  if (reason) {
    console.log(`${what} is not built: ${reason}.`);
    return;
  }
  const options = { cwd: folder, stdio: 'inherit' };
  const { status } = spawnSync(process.execPath, command, options);
  if (status !== 0) process.exitCode = status ?? 1;
}

const vite = pathOf('node_modules/vite/bin/vite.js');
build('The console', pathOf('packages/console/'), 'vite', vite, 'build', '--logLevel', 'warn');
build('The server', pathOf('packages/server/'), 'rolldown', 'build.js');
