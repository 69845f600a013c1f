import { cpus, loadavg, totalmem } from 'node:os';
import { connect } from '../packages/server/src/db/pool.ts';
import { type Measured, ratio } from './measure.ts';

/** One operation by some connections, through everything that does it. */
export interface WorkRow {
  readonly what: string;
  readonly server: Measured;
  /** Its statements alone. */
  readonly ceiling: Measured;
  /** Its bytes alone. */
  readonly floor?: Measured;
  readonly peers: ReadonlyMap<string, Measured>;
  /** Calls a second by pgbench. */
  readonly pgbench?: number | undefined;
}

/** One operation in three databases: with few, more and many actions. */
export interface DepthRow {
  readonly what: string;
  readonly near: Measured;
  readonly middle: Measured;
  readonly far: Measured;
}

/** What callers of one region were handed out until it was empty. */
export interface DrainRow {
  readonly who: string;
  readonly callers: number;
  readonly delivered: number;
  readonly twice: number;
  readonly lost: number;
  readonly left: number;
  readonly failed: number;
}

/** One operation beside a plain lookup by key. */
export interface CallRow {
  readonly what: string;
  readonly call: Measured;
  readonly lookup: Measured;
}

const rate = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const times = ({ p50, p99 }: Measured) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
const cells = (measured: Measured) => [rate(measured.rate), times(measured)];
const bold = (value: number) => `**${value.toFixed(value < 100 ? 2 : 0)}**`;
const compared = (left: Measured, right: Measured | undefined) =>
  right ? bold(ratio(left, right)) : '';

/** A row in one line, for who is waiting for the others. */
export const inBrief = ({ what, server, ceiling, floor, peers }: WorkRow): string => {
  const all = { server, ceiling, ...(floor && { floor }), ...Object.fromEntries(peers) };
  const rates = Object.entries(all).map(([who, measured]) => `${who} ${rate(measured.rate)}`);
  return `${what}: ${rates.join(', ')}`;
};

/** The peer with the highest rate. */
const fastest = ({ peers }: WorkRow) =>
  [...peers].sort(([, left], [, right]) => right.rate - left.rate)[0];

export const ratioTable = (rows: readonly WorkRow[]): string =>
  table(
    [
      ...['', 'server: a second', 'p50 / p99 ms', 'server / ceiling', 'server / floor'],
      ...['server / fastest peer', 'which'],
    ],
    rows.map((row) => {
      const peer = fastest(row);
      return [
        ...[row.what, ...cells(row.server)],
        ...[compared(row.server, row.ceiling), compared(row.server, row.floor)],
        ...[compared(row.server, peer?.[1]), peer?.[0] ?? ''],
      ];
    }),
  );

export const detailTable = (rows: readonly WorkRow[]): string =>
  table(
    [
      ...['', 'who', 'a second', 'p50 / p99 ms', 'CPU ms', 'PostgreSQL CPU ms'],
      ...['put off (503)', 'failed'],
    ],
    rows.flatMap((row) => {
      const all: [string, Measured | undefined][] = [
        ['server', row.server],
        ['ceiling', row.ceiling],
        ['floor', row.floor],
        ...row.peers,
      ];
      const lines = all.flatMap(([who, measured]) =>
        measured ? [[row.what, who, ...cells(measured), ...spent(who, measured)]] : [],
      );
      if (row.pgbench) lines.push([row.what, 'pgbench', rate(row.pgbench)]);
      return lines;
    }),
  );

const spent = (who: string, { cpu, postgres, shed, failed }: Measured): string[] => [
  who === 'ceiling' ? '' : cpu.toFixed(2),
  who === 'floor' ? '' : postgres.toFixed(2),
  ...[shed, failed].map((count) => (count ? String(count) : '')),
];

/** What the first failed call of each said. */
export const failures = (rows: readonly WorkRow[]): string[] =>
  rows.flatMap((row) =>
    [['server', row.server] as const, ...row.peers].flatMap(([who, { failure }]) =>
      failure ? [`- ${row.what}, ${who}: \`${failure.replaceAll('`', "'").slice(0, 160)}\``] : [],
    ),
  );

export const depthTable = (rows: readonly DepthRow[]): string =>
  table(
    [
      ...['', '10,000: a second', 'p50 / p99 ms', '100,000: a second', 'p50 / p99 ms'],
      ...['2,000,000: a second', 'p50 / p99 ms', '100,000 / 10,000', '2,000,000 / 10,000'],
    ],
    rows.map(({ what, near, middle, far }) => [
      ...[what, ...cells(near), ...cells(middle), ...cells(far)],
      ...[compared(middle, near), compared(far, near)],
    ]),
  );

export const drainTable = (rows: readonly DrainRow[]): string =>
  table(
    ['', 'callers', 'handed out', 'twice', 'lost', 'left ready', 'failed calls'],
    rows.map(({ who, callers, delivered, twice, lost, left, failed }) => [
      ...[who, String(callers), String(delivered), bold0(twice), bold0(lost)],
      ...[String(left), String(failed)],
    ]),
  );

const bold0 = (count: number) => (count ? `**${count}**` : '0');

export const memoryTable = (rows: readonly (readonly [string, number])[]): string =>
  table(
    ['', 'peak resident memory, MB'],
    rows.map(([who, megabytes]) => [who, megabytes.toFixed(0)]),
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
