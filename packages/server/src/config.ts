import { resolve } from 'node:path';
import { isRange } from './keys/range.ts';

/** How this process is set up. Read once, from the environment, and never changed. */
export interface Config {
  /** The catalog's PostgreSQL; undefined: the embedded one in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly dataDirIsDefault: boolean;
  readonly host: string;
  readonly port: number;
  /** Processes that answer; 1: the one that is started does. */
  readonly workers: number;
  /** How long clients and balancers are given to notice that a process is leaving. */
  readonly drainSeconds: number;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Requests a minute and key. */
  readonly rateLimit: number;
  /** Addresses of proxies whose X-Forwarded-For is believed, as CIDR ranges. */
  readonly trustedProxies: readonly string[];
  /** Where clients reach this server, for the documentation; undefined: where they asked. */
  readonly publicUrl: string | undefined;
  /** Seals the secrets of ad platforms; undefined: a file in `dataDir` does. */
  readonly secret: string | undefined;
  /** People of the agency sign in with a second factor, or do nothing but turn it on. */
  readonly twoFactorRequired: boolean;
  /** The range API of a list of breached passwords; undefined: none is asked. */
  readonly breachedPasswordsUrl: string | undefined;
  /** Opens /metrics to who shows it; undefined: it is open to this machine alone. */
  readonly metricsToken: string | undefined;
  /** An OTLP/HTTP receiver of traces, without `/v1/traces`; undefined: there are no traces. */
  readonly otlpUrl: string | undefined;
  /** Where Meta's Graph API answers, with its version. */
  readonly graphUrl: string;
}

/** Several faults of the environment, told at once. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

const TWO_FACTOR = ['optional', 'required'] as const;

const GRAPH_URL = 'https://graph.facebook.com/v25.0';
const LEAST_SECRET = 32;

const isUrl = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const POSTGRES = ['postgres:', 'postgresql:'];

/** An address as DATABASE_URL has it. */
export const isPostgresUrl = (text: string): boolean => isUrl(text, POSTGRES);

/** The variable that says where PostgreSQL is. */
export const addressVariable = (env: NodeJS.ProcessEnv): string =>
  env.DATABASE_URL?.trim() ? 'DATABASE_URL' : 'RELAIS_DATA_DIR';

/** Reads the configuration; throws a ConfigError that names every faulty variable. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = [];
  // A variable that is set to nothing counts as unset.
  const read = (name: string) => env[name]?.trim() || undefined;
  const whole = (name: string, fallback: number, least: number, most: number) => {
    const text = read(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    faults.push(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
    return fallback;
  };
  const oneOf = <Known extends string>(name: string, known: readonly Known[]) => {
    const text = read(name);
    const found = known.find((one) => one === text);
    if (text && !found) faults.push(`${name} must be one of ${known.join(', ')}.`);
    return found;
  };
  const url = (name: string, protocols: readonly string[], shape: string) => {
    const text = read(name);
    // The value is not repeated: it may hold a password.
    if (text && !isUrl(text, protocols)) faults.push(`${name} must be a URL such as ${shape}.`);
    return text;
  };

  /** A web address that others are appended to, each beginning with a slash. */
  const webUrl = (name: string, shape: string) =>
    url(name, ['http:', 'https:'], shape)?.replace(/\/+$/, '');

  const publicUrl = webUrl('RELAIS_PUBLIC_URL', 'https://api.example.com');
  if (publicUrl && URL.canParse(publicUrl)) {
    const { username, password } = new URL(publicUrl);
    if (username || password || /[?#]/.test(publicUrl)) {
      faults.push(
        'RELAIS_PUBLIC_URL must have no account, query or fragment: links begin with it.',
      );
    }
  }

  const trustedProxies = (read('RELAIS_TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter(Boolean);
  if (!trustedProxies.every(isRange)) {
    faults.push('RELAIS_TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8.');
  }

  const secretText = (name: string) => {
    const text = read(name);
    if (text && text.length < LEAST_SECRET) {
      faults.push(`${name} must have at least ${LEAST_SECRET} characters.`);
    }
    return text;
  };

  const dataDir = read('RELAIS_DATA_DIR');
  const config: Config = {
    databaseUrl: url('DATABASE_URL', POSTGRES, 'postgresql://user:password@host:5432/relais'),
    dataDir: resolve(dataDir ?? 'data'),
    dataDirIsDefault: dataDir === undefined,
    host: read('RELAIS_HOST') ?? '127.0.0.1',
    port: whole('RELAIS_PORT', 8080, 0, 65_535),
    workers: whole('RELAIS_WORKERS', 1, 1, 64),
    drainSeconds: whole('RELAIS_DRAIN_SECONDS', 5, 0, 300),
    logLevel: oneOf('RELAIS_LOG_LEVEL', LOG_LEVELS) ?? 'info',
    rateLimit: whole('RELAIS_RATE_LIMIT', 600, 1, 1_000_000),
    trustedProxies,
    publicUrl,
    secret: secretText('RELAIS_SECRET'),
    twoFactorRequired: oneOf('RELAIS_TWO_FACTOR', TWO_FACTOR) === 'required',
    breachedPasswordsUrl: webUrl('RELAIS_BREACHED_PASSWORDS_URL', 'https://api.pwnedpasswords.com'),
    metricsToken: secretText('RELAIS_METRICS_TOKEN'),
    otlpUrl: webUrl(
      read('RELAIS_OTLP_URL') ? 'RELAIS_OTLP_URL' : 'OTEL_EXPORTER_OTLP_ENDPOINT',
      'http://localhost:4318',
    ),
    graphUrl: webUrl('RELAIS_GRAPH_URL', GRAPH_URL) ?? GRAPH_URL,
  };
  if (faults.length) throw new ConfigError(faults);
  return Object.freeze(config);
}
