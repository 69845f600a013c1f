// `npm run generate`: writes what is derived from the migrations, schema.sql and the row types.
// With --check it writes nothing and fails when a committed file is not what it would write.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSqlDatabase } from '../packages/server/src/db/administer.ts';
import { describeSchema } from '../packages/server/src/db/describe.ts';
import { migrate, type SchemaName } from '../packages/server/src/db/migrate.ts';
import { connect } from '../packages/server/src/db/pool.ts';
import { openScratchPostgres } from './scratchPostgres.ts';

const check = process.argv.includes('--check');
const root = new URL('../', import.meta.url);

async function rowTypes(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-types-'));
  try {
    const file = join(folder, 'types.ts');
    const mapping = ['--type-mapping', '{"int8":"number"}', '--exclude-pattern', 'migration'];
    await promisify(execFile)('kysely-codegen', [
      ...['--dialect', 'postgres', '--url', url, '--out-file', file, '--singularize=false'],
      ...mapping,
    ]);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The generated files of one schema, from a fresh database that every migration was applied to. */
async function generate(serverUrl: string, schema: SchemaName): Promise<Map<string, string>> {
  const name = `relais_generate_${schema}_${randomBytes(4).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await createSqlDatabase(serverUrl, name);
  try {
    await migrate(url.href, schema);
    return new Map([
      [`packages/server/migrations/${schema}/schema.sql`, await describeSchema(url.href)],
      [`packages/server/src/db/${schema}.generated.ts`, await rowTypes(url.href)],
    ]);
  } finally {
    const connection = await connect(serverUrl);
    await connection.query(`drop database "${name}" with (force)`);
    await connection.end();
  }
}

const postgres = await openScratchPostgres();
try {
  for (const schema of ['catalog', 'crm'] as const) {
    for (const [path, text] of await generate(postgres.url, schema)) {
      const file = new URL(path, root);
      if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
      if (check) {
        console.error(`${path} is stale: run "npm run generate" and commit it.`);
        process.exitCode = 1;
      } else {
        await writeFile(file, text);
        console.log(`wrote ${path}`);
      }
    }
  }
} finally {
  await postgres.close();
}
