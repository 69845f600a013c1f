// `npm test`: types, lint, dead code, generated files, then every test, on one PostgreSQL server.
// `npm test -- packages/server/test/http` runs the tests of that folder or file alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memory } from './scratchPostgres.ts';
import { openTestPostgres } from './testPostgres.ts';

const only = process.argv.slice(2);

async function run(label: string, command: string, args: string[]): Promise<void> {
  const began = Date.now();
  const child = spawn(command, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${label} failed`);
  console.log(`✔ ${label} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

function testFiles(): string[] {
  if (only.length === 0) return globSync('packages/*/test/**/*.test.ts').sort();
  return only.flatMap((path) =>
    path.endsWith('.ts') ? path : globSync(`${path}/**/*.test.ts`).sort(),
  );
}

const buildTests = 'packages/server/buildTests.js';
/** Where the test files are as JavaScript. */
const built = fileURLToPath(new URL('../node_modules/.cache/builtTests', import.meta.url));
// Every test file is a process, which would compile all of the server anew.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/tests', import.meta.url),
);
// A thousand databases are made and dropped: in memory that takes a quarter of the time.
const server = await openTestPostgres(await memory());
try {
  if (only.length === 0) {
    // Most are one thread, and none needs another: at once they take about half the time.
    const checks = await Promise.allSettled([
      run('types', 'npm', ['run', '--silent', 'types']),
      run('lint', 'biome', ['check', '--error-on-warnings', '.']),
      run('dead code', 'knip', []),
      run('dependencies', process.execPath, ['scripts/audit.ts']),
      run('generated files', process.execPath, ['scripts/generate.ts', '--check']),
    ]);
    const failed = checks.filter((check) => check.status === 'rejected');
    if (failed.length > 0) throw new Error(failed.map((check) => check.reason.message).join(', '));
  }
  // Hundreds of commands are started: bundled, each begins in a fifth of the time.
  await run('bundle', process.execPath, ['packages/server/build.js']);
  const tests = testFiles().map((path) => ({ path, name: path.replaceAll(/[/.]/g, '-') }));
  // What earlier runs left. The run of a few files may be beside another one.
  if (only.length === 0) rmSync(built, { recursive: true, force: true });
  const entries = tests.map(({ name, path }) => `${name}=${path}`);
  await run('bundle of tests', process.execPath, [buildTests, built, ...entries]);
  const options = ['--enable-source-maps', '--test-concurrency=3', '--test-timeout=300000'];
  const files = tests.map(({ name }) => join(built, `${name}.js`));
  await run('tests', process.execPath, ['--test', ...options, ...files]);
} catch (error) {
  console.error(`✖ ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await server.close();
}
