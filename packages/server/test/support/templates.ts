import { randomBytes } from 'node:crypto';
import { createSqlDatabase } from '../../src/db/administer.ts';
import { migrate, type SchemaName } from '../../src/db/migrate.ts';
import { connect } from '../../src/db/pool.ts';

const SCHEMAS: readonly SchemaName[] = ['catalog', 'crm'];

/**
 * Makes an empty SQL database of each schema, for tests to copy: that takes a fifth of the time of
 * making one anew. They are named after TEST_TEMPLATES, which is set here, until `drop` is called.
 */
export async function makeTemplates(serverUrl: string): Promise<{ drop(): Promise<void> }> {
  const prefix = `relais_template_${randomBytes(6).toString('hex')}`;
  for (const schema of SCHEMAS) {
    const url = new URL(serverUrl);
    url.pathname = `/${prefix}_${schema}`;
    await createSqlDatabase(serverUrl, `${prefix}_${schema}`);
    await migrate(url.href, schema);
  }
  process.env.TEST_TEMPLATES = prefix;
  return {
    async drop() {
      const connection = await connect(serverUrl);
      for (const schema of SCHEMAS) await connection.query(`drop database ${prefix}_${schema}`);
      await connection.end();
    },
  };
}

/** Creates a SQL database with all that migrations add up to. */
export async function createFromTemplate(
  serverUrl: string,
  name: string,
  schema: SchemaName,
): Promise<void> {
  const template = `${process.env.TEST_TEMPLATES}_${schema}`;
  const connection = await connect(serverUrl);
  try {
    await connection.query(`create database "${name}" template ${template} strategy file_copy`);
  } finally {
    await connection.end();
  }
}
