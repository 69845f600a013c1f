import { randomUUID } from 'node:crypto';
import { connect } from '../packages/server/src/db/pool.ts';
import type { Caller } from './callersProcess.ts';
import type { Load } from './load.ts';
import type { Given, Step } from './replay.ts';

type Row = Record<string, unknown>;

/** Sends the steps of a request to PostgreSQL over one connection of its own. */
export async function openSql(
  { url, settings }: Load & { over: 'sql' },
  steps: readonly Step[],
): Promise<Caller> {
  const connection = await connect(url);
  // Statements are planned by the settings of the session: it takes those of the server's.
  for (const [name, value] of settings) {
    await connection.query('select set_config($1, $2, false)', [name, value]);
  }
  // Which of its pulls are uncertain, say, changes; what it is asked for does not.
  const most = Math.max(...steps.map(({ rows }) => rows));
  return {
    async call() {
      const answers: Row[][] = [];
      const uuids: string[] = [];
      const real = (given: Given): unknown => {
        if (given.from === 'recording') return given.value;
        if (given.from === 'uuid') {
          uuids[given.number] ??= randomUUID();
          return uuids[given.number];
        }
        const rows = answers[given.statement] ?? [];
        if (given.from === 'row') return rows[0]?.[given.column];
        return rows.map((row) => row[given.column]);
      };
      for (const { name, text, given, rows } of steps) {
        const answer = given
          ? await connection.query<Row>({ ...(name && { name }), text, values: given.map(real) })
          : await connection.query<Row>(text);
        if (rows === most && answer.rows.length !== rows) {
          throw new Error(`${answer.rows.length} rows instead of ${rows} of: ${text}`);
        }
        answers.push(answer.rows);
      }
      return { contacts: 0, ids: [] };
    },
    close: () => connection.end(),
  };
}
