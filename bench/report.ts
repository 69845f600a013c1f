import { cpus, loadavg, totalmem } from 'node:os';
import { connect } from '../packages/server/src/db/pool.ts';
import { type Measured, ratio } from './measure.ts';

/** One operation and key, measured in front of a short and a long queue. */
export interface DepthRow {
  readonly what: string;
  readonly near: Measured;
  readonly far: Measured;
}

/** One operation with some callers at a time, through the server and without it. */
export interface LevelRow {
  readonly what: string;
  readonly server: Measured;
  readonly handler: Measured;
  readonly statements?: Measured | undefined;
}

/** One operation beside a plain lookup by key. */
export interface CallRow {
  readonly what: string;
  readonly call: Measured;
  readonly lookup: Measured;
}

const rate = ({ rate: value }: Measured) => value.toFixed(value < 100 ? 1 : 0);
const times = ({ p50, p99 }: Measured) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
const cells = (measured: Measured | undefined) =>
  measured ? [rate(measured), times(measured)] : ['', ''];
const compared = (left: Measured, right: Measured | undefined) =>
  right ? `**${ratio(left, right).toFixed(2)}**` : '';

export const depthTable = (rows: readonly DepthRow[]): string =>
  table(
    ['', '10,000: a second', 'p50 / p99 ms', '1,000,000: a second', 'p50 / p99 ms', 'ratio'],
    rows.map(({ what, near, far }) => [what, ...cells(near), ...cells(far), compared(far, near)]),
  );

export const levelTable = (rows: readonly LevelRow[]): string =>
  table(
    [
      ...['', 'server: a second', 'p50 / p99 ms', 'handler: a second', 'p50 / p99 ms'],
      ...['SQL: a second', 'p50 / p99 ms', 'server / handler', 'server / SQL'],
    ],
    rows.map(({ what, server, handler, statements }) => [
      ...[what, ...cells(server), ...cells(handler), ...cells(statements)],
      ...[compared(server, handler), compared(server, statements)],
    ]),
  );

export const callTable = (rows: readonly CallRow[]): string =>
  table(
    ['', 'a second', 'p50 / p99 ms', 'lookups'],
    rows.map(({ what, call, lookup }) => [
      ...[what, ...cells(call), `**${ratio(lookup, call).toFixed(0)}**`],
    ]),
  );

/** A Markdown table, the first column left, the others right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (column ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** Where and when this is measured, and what else the machine is doing. */
export async function describeMachine(databaseUrl: string): Promise<string> {
  const load = loadavg()[0]?.toFixed(1);
  const connection = await connect(databaseUrl);
  try {
    const settings = await connection.query<{ version: string; buffers: string }>(
      `select current_setting('server_version') as version,
         current_setting('shared_buffers') as buffers`,
    );
    const { version, buffers } = settings.rows[0] ?? {};
    const memory = Math.round(totalmem() / 2 ** 30);
    return [
      `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory} GB of memory, all on one machine`,
      `Node.js ${process.versions.node}, PostgreSQL ${version} (shared_buffers ${buffers})`,
      `load before the run ${load}`,
      new Date().toISOString().slice(0, 10),
    ].join('; ');
  } finally {
    await connection.end();
  }
}
