import type { CrmDatabase } from '../packages/server/src/databases.ts';

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
