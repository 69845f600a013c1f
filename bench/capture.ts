import type { CrmDatabase } from '../packages/server/src/databases.ts';
import type { Connection } from '../packages/server/src/db/pool.ts';

type Db = CrmDatabase['db'];
type Executor = ReturnType<Db['getExecutor']>;

/** A statement as it goes to PostgreSQL. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Runs functions of the store against nobody and gives the statements that they would have sent;
 * each of them is answered with `rows`.
 */
export async function capture(
  db: Db,
  rows: readonly object[],
  // A recorder stands for a pool and for a transaction alike.
  work: (recorder: never) => Promise<unknown>,
): Promise<Statement[]> {
  const executor = db.getExecutor();
  const statements: Statement[] = [];
  const recording: Pick<Executor, 'transformQuery' | 'compileQuery'> & { executeQuery: unknown } = {
    transformQuery: executor.transformQuery.bind(executor),
    compileQuery: executor.compileQuery.bind(executor),
    executeQuery: async (query: { sql: string; parameters: readonly unknown[] }) => {
      statements.push({ text: query.sql, values: [...query.parameters] });
      return { rows };
    },
  };
  await work({ getExecutor: () => recording } as never);
  return statements;
}

/** Gives a connection the settings of a pool's sessions: statements are planned by them. */
export async function adoptSettings(connection: Connection, db: Db): Promise<void> {
  const text = `select name, setting from pg_settings where source = 'client'`;
  const settings = await db.getExecutor().executeQuery<{ name: string; setting: string }>({
    ...{ sql: text, parameters: [], queryId: { queryId: 'settings' } },
    query: { kind: 'RawNode', sqlFragments: [text], parameters: [] },
  });
  for (const { name, setting } of settings.rows) {
    await connection.query('select set_config($1, $2, false)', [name, setting]);
  }
}
