// `npm test`: types, lint, dead code, generated files, then every test, on one PostgreSQL server.
// `npm test -- packages/server/test/http` runs the tests of that folder or file alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../packages/server/src/db/embedded.ts';

const only = process.argv.slice(2);

async function run(label: string, command: string, args: string[], env = {}): Promise<void> {
  const began = Date.now();
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${label} failed`);
  console.log(`✔ ${label} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

/** The server that the tests use: the given one, or an embedded one of this run's own. */
async function openTestServer(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-test-'));
  await chmod(dataDir, 0o755);
  const engine = await openEmbedded({ dataDir, dataDirIsDefault: false });
  return {
    url: engine.url('postgres'),
    async close() {
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function testFiles(): string[] {
  if (only.length === 0) return globSync('packages/*/test/**/*.test.ts').sort();
  return only.flatMap((path) =>
    path.endsWith('.ts') ? path : globSync(`${path}/**/*.test.ts`).sort(),
  );
}

const server = await openTestServer();
const env = { TEST_DATABASE_URL: server.url };
try {
  if (only.length === 0) {
    await run('types', 'tsc', ['-p', '.']);
    await run('lint', 'biome', ['check', '--error-on-warnings', '.']);
    await run('dead code', 'knip', []);
    await run('generated files', process.execPath, ['scripts/generate.ts', '--check'], env);
  }
  const args = ['--test', '--test-concurrency=2', '--test-timeout=300000', ...testFiles()];
  await run('tests', process.execPath, args, env);
} catch (error) {
  console.error(`✖ ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await server.close();
}
