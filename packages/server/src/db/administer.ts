import { connect, sqlState } from './pool.ts';

/** A sentence for whoever installs: what PostgreSQL lacks, and what to do. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Creates a SQL database on the server of `url`; true when it did not exist. UTF-8, from
 * template0, so that nothing of the server's own template gets in.
 */
export async function createSqlDatabase(url: string, name: string): Promise<boolean> {
  const connection = await connect(url);
  try {
    await connection.query(`create database ${quoted(name)} encoding 'UTF8' template template0`);
    return true;
  } catch (error) {
    // It is there, or was made meanwhile by somebody else (23505 is of the names of databases).
    if (['42P04', '23505'].includes(sqlState(error) ?? '')) return false;
    if (sqlState(error) === '42501') {
      throw new InstallError(
        `This PostgreSQL account may not create databases: create "${name}" yourself and pass its address with --url.`,
      );
    }
    throw error;
  } finally {
    await connection.end();
  }
}

/** The oldest version of PostgreSQL that Relais is tested on, as `server_version_num`. */
export const LEAST_VERSION = 160_000;

/** A version of PostgreSQL, as columns: a number to compare, and its text. */
export const VERSION = `current_setting('server_version_num')::integer as version,
  current_setting('server_version') as version_text`;

export interface Version {
  readonly version: number;
  readonly version_text: string;
}

/** Refuses a PostgreSQL that is older than what Relais is tested on. */
export function assertVersion({ version, version_text }: Version): void {
  if (version >= LEAST_VERSION) return;
  throw new InstallError(
    `PostgreSQL ${version_text} is too old: upgrade it to 16 or newer. Nothing was changed.`,
  );
}

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];

/**
 * Refuses a PostgreSQL server that may lose what it has confirmed, since a pull that was answered
 * must still be there after a crash, and one that is too old.
 */
export async function assertDurable(url: string): Promise<void> {
  const connection = await connect(url);
  try {
    const found = await connection.query<Version & { off: string[] }>(
      `select ${VERSION}, array(
         select name from pg_settings where name = any($1) and setting = 'off') as off`,
      [DURABLE],
    );
    const [server] = found.rows;
    if (!server) throw new Error('PostgreSQL gave no answer');
    assertVersion(server);
    const { off } = server;
    if (off.length) {
      throw new InstallError(
        `PostgreSQL runs with ${off.join(' and ')} off and may lose what it has confirmed: turn ${off.length > 1 ? 'them' : 'it'} on.`,
      );
    }
  } finally {
    await connection.end();
  }
}
