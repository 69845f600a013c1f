import type { Config } from '../config.ts';
import { LEAST_VERSION } from '../db/administer.ts';
import type { SqlDatabaseFacts } from '../db/inspect.ts';
import { servingLimits } from '../db/pool.ts';
import { plural } from '../text/plural.ts';
import { type Finding, findingsOf, lasting } from './finding.ts';

/** A clock that is out by more makes times wrong, and codes of second factors fail. */
const LITTLE_DRIFT = 2_000;
const DRIFT = 30_000;

/** Looks at a PostgreSQL server; `pools`: how many of our databases are on it. */
export function checkPostgres(
  about: string,
  config: Config,
  facts: SqlDatabaseFacts,
  pools: number,
): Finding[] {
  const { ok, warning, fault } = findingsOf(about);
  const found: Finding[] = [];
  const version = `version ${facts.version_text}`;
  found.push(
    facts.version >= LEAST_VERSION
      ? ok(version)
      : fault(
          `${version} is too old`,
          'Upgrade PostgreSQL to 16 or newer; the server does not start before.',
        ),
  );
  found.push(
    facts.standby
      ? fault(
          'this is a standby: nothing can be written',
          'Let the address that Relais has of it name the primary.',
        )
      : ok('it can be written to'),
  );
  if (!facts.autovacuum) {
    found.push(
      warning(
        'autovacuum is off: tables grow and queries slow down',
        'Set autovacuum = on in postgresql.conf and reload.',
      ),
    );
  }
  found.push(
    facts.time_zones
      ? ok('it knows the time zones')
      : fault(
          'it does not know Europe/Paris',
          'Install the time zone data of the system (tzdata).',
        ),
  );
  const drift = Math.abs(facts.clock_ahead);
  const apart = `its clock and that of this machine differ by ${lasting(drift / 1000)}`;
  const remedy = 'Have both machines set their clocks by NTP.';
  found.push(
    drift < LITTLE_DRIFT
      ? ok('its clock agrees with that of this machine')
      : drift < DRIFT
        ? warning(apart, remedy)
        : fault(apart, remedy),
  );
  const need = servingLimits.size * pools * config.workers;
  const room = `${facts.connections} connections, of which ${config.workers === 1 ? 'one process of ours' : `${config.workers} processes of ours`} may use ${need}`;
  const more =
    'Raise max_connections, or the CONNECTION LIMIT of the account, or run fewer processes.';
  found.push(
    facts.connections < need
      ? fault(room, more)
      : facts.connections < 2 * need
        ? warning(`${room}: a second host, or a restart with both at once, may find none`, more)
        : ok(room),
  );
  return found;
}

/** Looks at one SQL database: the catalog, or a CRM database. */
export function checkSqlDatabase(
  about: string,
  facts: SqlDatabaseFacts,
  options: { needsTrigrams: boolean },
): Finding[] {
  const { ok, warning, fault } = findingsOf(about);
  const found: Finding[] = [];
  const off = facts.durability.filter(({ setting }) => setting === 'off');
  found.push(
    off.length === 0
      ? ok('what it confirms survives a crash')
      : fault(
          `${off.map(({ name }) => name).join(' and ')} off: what was confirmed may be lost`,
          'Turn on what is off; the server does not start before. Look at ALTER DATABASE and ALTER ROLE settings too.',
        ),
  );
  if (!facts.direct) {
    found.push(
      fault(
        'a pooler such as PgBouncer stands before it and drops the settings of connections',
        'Let the address that Relais has of it name PostgreSQL itself; the server does not start before.',
      ),
    );
  }
  if (facts.encoding !== 'UTF8') {
    found.push(
      fault(
        `its encoding is ${facts.encoding}`,
        'Create it anew with encoding UTF8, and load a dump into it.',
      ),
    );
  }
  if (!facts.may_migrate) {
    found.push(
      fault(
        'its account may not change tables: migrations would fail',
        'Make the account the owner of the SQL database and its tables.',
      ),
    );
  }
  if (options.needsTrigrams && facts.pg_trgm !== 'installed') {
    found.push(
      facts.pg_trgm === 'available'
        ? warning('pg_trgm is to come with the next migrations', 'Start a server.')
        : fault('pg_trgm is missing', 'Install the contrib package of PostgreSQL.'),
    );
  }
  const { pending, newer, other } = facts.migrations;
  if (other !== undefined) {
    found.push(
      fault(
        `it is a database of another kind: ${other} was applied to it`,
        'DATABASE_URL names the SQL database of the catalog, "relais database create --url" that of a CRM database.',
      ),
    );
  } else if (pending.length > 0) {
    found.push(
      warning(
        `${plural(pending.length, 'migration')} to come: ${pending.join(', ')}`,
        'A server applies them when it starts. Make a backup first.',
      ),
    );
  } else if (newer.length > 0) {
    found.push(
      warning(
        `its schema is newer than this program (${newer.join(', ')})`,
        'That is as it should be during an upgrade; afterwards, bring this host to the new version.',
      ),
    );
  } else {
    found.push(ok('its schema is that of this program'));
  }
  return found;
}
