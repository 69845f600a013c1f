import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { type ImportPlan, planImport } from '../../src/intake/file/planImport.ts';
import { type ImportOptions, importFile } from '../../src/intake/importFile.ts';
import { findSource, type Source } from '../../src/store/sources.ts';
import { type Ran, relais, temporaryFolder } from './command.ts';
import { PULLED, publishedCrm } from './crm.ts';
import { loadInto } from './installation.ts';
import { makeSource, type SourceOptions } from './intake.ts';
import type { TestServer } from './server.ts';

/** A CRM database of a test's own with the published data and a source of files. */
export interface ImportBench {
  readonly database: CrmDatabase;
  readonly db: Kysely<Crm>;
  /** The name of the source. */
  readonly source: string;
  readonly env: Record<string, string>;
  /** Writes a file into the folder and gives its path; rows are written as CSV. */
  write(name: string, content: string | Buffer | readonly (readonly string[])[]): Promise<string>;
  /** `relais import <database> <source> …` */
  run(...args: string[]): Promise<Ran>;
  find(): Promise<Source>;
  plan(path: string): Promise<ImportPlan>;
  /** Imports a file through the functions, where the command would only add a second. */
  imports(path: string, options?: Partial<ImportOptions>): Promise<number>;
}

let benches = 0;

export async function importBench(
  server: TestServer,
  folder: string,
  options: SourceOptions = {},
): Promise<ImportBench> {
  benches += 1;
  const nom = `crm${benches}`;
  const source = `files${benches}`;
  const database = await server.create(nom);
  await loadInto(database, publishedCrm());
  await makeSource(server, source, 'file', { database, id_programme: 145, ...options });
  const { db } = database;
  const env = { DATABASE_URL: server.catalogUrl };
  const find = async () => {
    const found = await findSource(db, source);
    if (!found) throw new Error('the source is gone');
    return found;
  };
  const plan = async (path: string) => planImport(path, await find());
  return {
    ...{ database, db, source, env, find, plan },
    async write(name, content) {
      const path = join(folder, `${nom}-${name}`);
      const isRows = typeof content !== 'string' && !Buffer.isBuffer(content);
      await writeFile(path, isRows ? csvOf(content) : content);
      return path;
    },
    run: (...args) => relais(env, 'import', nom, source, ...args),
    async imports(path, own = {}) {
      const done = await importFile(database, await find(), await plan(path), {
        by: 'command:test',
        ...own,
      });
      return done.import;
    },
  };
}

/** The same, whose one loaded contact was pulled, and a key of its client. */
export async function pullingBench(t: TestContext, server: TestServer, options?: SourceOptions) {
  const bench = await importBench(server, await temporaryFolder(t), options);
  await sql`update action set id_statut = ${PULLED}, pulled_at = now()`.execute(bench.db);
  const { text: key } = await server.key('Promoteur X', { database: bench.database });
  return { ...bench, pull: () => server.send(key, { operation: 'pullContacts' }) };
}

/** Rows as Excel in French writes them. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((cells) => [...cells]),
    { bom: true, delimiter: ';', record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );

export type Tables = Record<string, readonly Record<string, unknown>[]>;

/** All that a CRM database holds, by table; rows in the order of their ids. */
export async function tablesOf(db: Kysely<Crm>): Promise<Tables> {
  const names = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db);
  const tables: Tables = {};
  for (const { name } of names.rows) {
    const found = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(own) as row from ${sql.table(name)} own
      order by to_jsonb(own) -> 'id', to_jsonb(own)::text`.execute(db);
    tables[name] = found.rows.map(({ row }) => row);
  }
  return tables;
}
