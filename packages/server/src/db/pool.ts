import type { Socket } from 'node:net';
import { Kysely, type LogEvent, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { connectionTo } from './address.ts';
import { type EndedStatement, endedStatements } from './statements.ts';

// Every id we hand out is below 2^53, and JSON shows ids as numbers.
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of range: ${text}`);
  return value;
}

/** bigint and bigint[], by the numbers PostgreSQL gives these types. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, safeInteger],
  [1016, (text) => JSON.parse(text.replace('{', '[').replace('}', ']'))],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};

/** A pool's limits. Times in milliseconds; 0 means none. */
export interface PoolLimits {
  /** Connections at the most. */
  readonly size: number;
  /** How long a caller waits for a free connection. */
  readonly wait: number;
  readonly lockTimeout: number;
  readonly statementTimeout: number;
  readonly idleTimeout: number;
  /** How long PostgreSQL may say nothing on a connection in use, but for long statements; longer than others may last. */
  readonly silence: number;
}

/** What a server process uses: short, so that a stuck statement never holds a queue. */
export const servingLimits: PoolLimits = {
  size: 10,
  wait: 3_000,
  lockTimeout: 3_000,
  statementTimeout: 5_000,
  idleTimeout: 10_000,
  silence: 6_000,
};

/** What a command line or a migration uses: long work is expected. */
export const batchLimits: PoolLimits = {
  size: 4,
  wait: 30_000,
  lockTimeout: 0,
  statementTimeout: 0,
  idleTimeout: 0,
  silence: 0,
};

const MARK = '/* prepared */';

/**
 * Begins a statement that each connection parses and plans once and then repeats by name: for those
 * of every request, whose plan does not depend on the values given.
 */
export const prepared = sql.raw(MARK);

/**
 * A list of values of a prepared statement, with its type: `any(${unseen(sql`${ids}::bigint[]`)}::bigint[])`.
 * Where the planner sees that a list is short, it holds the plan for any for dear, and plans the
 * statement anew each time. Through a select it sees nothing.
 */
export const unseen = (list: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select ${list})`;

const LONG = '/* long */';

/**
 * Begins a statement that lets those of its transaction take longer than others may: PostgreSQL may
 * say nothing meanwhile. Whether it is still there, the system's probes of the connection tell.
 */
export const long = sql.raw(LONG);

const names = new Map<string, string>();

/** The name of a statement, the same on all connections of this process. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `relais_${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** A client that knows the marks of statements: prepared ones have a name, long ones time. */
const Client = class extends pg.Client {
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args;
    if (typeof text === 'string' && text.startsWith(LONG)) socketOf(this).setTimeout(0);
    const named =
      typeof text === 'string' && text.startsWith(MARK)
        ? [{ name: nameOf(text), text, values }, ...rest]
        : args;
    return (super.query as (...args: unknown[]) => never)(...named);
  }
} as typeof pg.Client;

/** How a pool stands: its connections, those of them that are idle, and callers that wait. */
export interface PoolState {
  readonly limit: number;
  readonly size: number;
  readonly idle: number;
  readonly waiting: number;
}

/** One SQL database: queries through `db`, and the state of its pool. */
export interface Connected<Tables> {
  readonly db: Kysely<Tables>;
  /** Callers waiting for a connection. */
  waiting(): number;
  state(): PoolState;
  close(): Promise<void>;
}

const sessionSettings = (limits: PoolLimits): string =>
  [
    `-c lock_timeout=${limits.lockTimeout}`,
    `-c statement_timeout=${limits.statementTimeout}`,
    `-c idle_in_transaction_session_timeout=${limits.idleTimeout}`,
    '-c timezone=UTC',
    // A pull looks up some hundred rows by key, mostly in memory. At the default of 4, made for
    // turning disks, the planner reads tables of 20,000 rows from end to end instead.
    '-c random_page_cost=1.1',
  ].join(' ');

const tell = ({ level, query, queryDurationMillis }: LogEvent): void =>
  endedStatements.publish({
    text: query.sql,
    milliseconds: queryDurationMillis,
    failed: level === 'error',
  } satisfies EndedStatement);

/**
 * Opens a pool; connects on first use. `onLost` hears of connections that died while nobody was
 * using them, which is no failure of any request.
 */
export function openPool<Tables>(
  url: string,
  limits: PoolLimits,
  onLost: (error: Error) => void = () => {},
): Connected<Tables> {
  const pool = new pg.Pool({
    Client,
    ...connectionTo(url, sessionSettings(limits)),
    max: limits.size,
    connectionTimeoutMillis: limits.wait,
    idleTimeoutMillis: 30_000,
    application_name: 'relais',
    types,
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBED_AFTER,
  });
  // `error` on the pool covers idle clients only: one that is checked out and dies between two
  // queries would end the process, so every client gets a listener of its own.
  pool.on('error', onLost);
  // A host that goes away without a word would hold who waits for it until TCP gives up, and so
  // would each connection that lies idle: with the first that says nothing they all go.
  const idle = new Set<Socket>();
  pool.on('connect', (client) => {
    client.on('error', onLost);
    const socket = socketOf(client);
    socket.on('timeout', () => {
      for (const dead of [socket, ...idle]) dead.destroy(new Error(SILENT));
    });
    socket.on('close', () => idle.delete(socket));
  });
  pool.on('acquire', (client) => {
    idle.delete(socketOf(client));
    socketOf(client).setTimeout(limits.silence);
  });
  pool.on('release', (_error, client) => {
    if (!socketOf(client).destroyed) idle.add(socketOf(client));
    socketOf(client).setTimeout(0);
  });
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    // To measure costs something: it is done where somebody listens.
    ...(endedStatements.hasSubscribers ? { log: tell } : {}),
  });
  return {
    db,
    waiting: () => pool.waitingCount,
    state: () => ({
      limit: limits.size,
      size: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => db.destroy(),
  };
}

/** After so long without a byte the system asks whether the other host is there, milliseconds. */
const PROBED_AFTER = 10_000;

const SILENT = 'Connection terminated: PostgreSQL says nothing any more';

/** Where no `stream` of one's own is given, it is a socket. */
const socketOf = ({ connection }: pg.Client): Socket => connection.stream as Socket;

/**
 * SQL that tells whether the settings of a single connection have arrived: a pooler on the way may
 * drop them, and with them our time-outs and UTC.
 */
export const SETTINGS_ARRIVED = `current_setting('relais.settings', true) is not distinct from 'sent'`;

/** A single connection, outside any pool: administration, holding a session lock, COPY. */
export async function connect(url: string, onLost: (error: Error) => void = () => {}) {
  const client = new Client({
    ...connectionTo(url, '-c timezone=UTC -c relais.settings=sent'),
    application_name: 'relais',
    types,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', onLost);
  try {
    await client.connect();
  } catch (error) {
    // PostgreSQL may still wait for a password, and a command would wait with it.
    socketOf(client).destroy();
    throw error;
  }
  return client;
}

export type Connection = pg.Client;

/** The SQLSTATE of a PostgreSQL error, or undefined when it is something else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Whether PostgreSQL gave up waiting for a lock, as the lock timeout has it. */
export const lockTimedOut = (error: unknown): boolean => sqlState(error) === '55P03';

/** The constraint that a PostgreSQL error is about, or undefined. */
export function constraintOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined;
}
