import { sqlState } from './pool.ts';

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** What `pg` says, without a code, when a connection could not be had or broke. */
const CONNECTION_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end|driver has already been destroyed/;

/** Whether a connection to PostgreSQL could not be had, or broke. */
export function connectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  return (
    (code !== undefined && syscall !== undefined && CONNECTION_CODES.has(code)) ||
    // A socket that is not there; of anything else, it is a file that is missing.
    (code === 'ENOENT' && syscall === 'connect') ||
    CONNECTION_MESSAGES.test(message) ||
    CERTIFICATE.test(code ?? '')
  );
}

/** Locked for too long, a circle of waits, a conflict; no connection left, not ready for one. */
const NO_TURN = new Set(['55P03', '40P01', '40001', '53300', '57P03']);

/**
 * Whether a statement had no turn: others held what it needs, or there was no connection for it.
 * Of the statement itself that says nothing.
 */
export function hadNoTurn(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return NO_TURN.has(state);
  if (!connectionLost(error)) return false;
  const { syscall, message } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || /trying to connect/.test(message);
}

const NO_CONNECTION = new Map([
  ['57P01', 'ended the connection'],
  ['57P02', 'ended the connection'],
  ['57P03', 'is starting or stopping'],
  ['53300', 'has no connection left'],
]);

/** What PostgreSQL said or did where there was no connection to it; undefined for any other error. */
export function whyNoConnection(error: unknown): string | undefined {
  const said = NO_CONNECTION.get(sqlState(error) ?? '');
  if (said || !connectionLost(error)) return said;
  if (/trying to connect/.test((error as Error).message)) return 'gave no connection in time';
  return hadNoTurn(error) ? 'does not answer' : 'broke the connection';
}

/** Codes of a certificate that is not accepted, by Node and OpenSSL. */
const CERTIFICATE = /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_)/;

/** What PostgreSQL lacks or refuses, and what is done about it: `<what>: <remedy>.` */
type Obstacle = readonly [what: string, remedy: string];

/** Why PostgreSQL can't be used, where `address` names it; undefined for anything else. */
export function whyAway(error: unknown, address: string): Obstacle | undefined {
  const { code = '', message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (CERTIFICATE.test(code)) return untrusted(code, address);
  if (connectionLost(error)) {
    return [
      `PostgreSQL does not answer at the address of ${address}${code ? ` (${code})` : ''}`,
      'see that it runs and can be reached from here',
    ];
  }
  if (message === 'The server does not support SSL connections') {
    const what = `PostgreSQL at the address of ${address} speaks no TLS`;
    return [what, 'set it up there, or leave sslmode out'];
  }
  if (message?.startsWith('unsupported startup parameter')) {
    const what = `A pooler such as PgBouncer stands at the address of ${address} and refuses the settings of connections`;
    return [what, 'name PostgreSQL itself there'];
  }
  if (message?.includes('client password must be a')) {
    return [
      `PostgreSQL asks for a password, and the address of ${address} has none`,
      'put it there',
    ];
  }
  const state = sqlState(error) ?? '';
  if (
    state.startsWith('28') &&
    (error as { routine?: string }).routine === 'ClientAuthentication'
  ) {
    return [
      `PostgreSQL lets nobody in by the address of ${address} (pg_hba.conf)`,
      'allow it there; where it wants TLS, add sslmode=verify-full to the address',
    ];
  }
  return obstacles(address)[state.startsWith('28') ? '28' : state];
}

function untrusted(code: string, address: string): Obstacle {
  const its = `The certificate of PostgreSQL at the address of ${address}`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [`${its} is for another host`, 'name the host as the certificate does'];
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return [`${its} is out of date (${code})`, 'renew it, or set the clock of this machine right'];
  }
  return [
    `Nothing here vouches for the certificate of PostgreSQL at the address of ${address} (${code})`,
    'add sslrootcert=<file with the certificate of its authority> to the address',
  ];
}

/** By SQLSTATE, or its class. */
const obstacles = (address: string): Readonly<Record<string, Obstacle>> => ({
  '28': [`PostgreSQL refuses the account or password of ${address}`, 'mend them there'],
  '42501': [`The account of ${address} lacks rights in its SQL database`, 'make it the owner'],
  '3D000': [`The SQL database of ${address} does not exist`, 'create it first'],
  '25006': [`PostgreSQL of ${address} can only be read, as a standby`, 'name the primary'],
  '57P03': [
    `PostgreSQL at the address of ${address} is starting or stopping`,
    'try again in a moment',
  ],
  '53100': [`The disk of PostgreSQL of ${address} is full`, 'make room there'],
  '53300': [
    `PostgreSQL of ${address} has no connection left`,
    'raise max_connections, or end what holds them',
  ],
});
