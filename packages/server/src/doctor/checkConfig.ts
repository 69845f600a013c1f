import { access } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { within } from '../keys/range.ts';
import { type Finding, findingsOf } from './finding.ts';

const { ok, warning, fault } = findingsOf('server');
const LEAST_NODE = 24;

/** Looks at the program and its configuration, without a database. */
export async function checkConfig(config: Config): Promise<Finding[]> {
  return [
    checkNode(process.versions.node),
    checkBundle(),
    await checkConsole(),
    ...checkAddress(config),
    ...checkProxies(config),
    await checkAnswer(config),
  ];
}

function checkNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= LEAST_NODE) return ok(`Node.js ${version}`);
  return fault(`Node.js ${version} is too old`, `Run Relais with Node.js ${LEAST_NODE} or newer.`);
}

function checkBundle(): Finding {
  return import.meta.filename.endsWith('.js')
    ? ok('it runs as one file')
    : warning(
        'it runs from its sources: each process needs 30 MB more, and starts in twice the time',
        'Run "npm run build -w @relais/server", then restart the server.',
      );
}

async function checkConsole(): Promise<Finding> {
  const page = new URL('../../../console/dist/index.html', import.meta.url);
  const built = await access(page).then(
    () => true,
    () => false,
  );
  return built
    ? ok('the console is built')
    : warning(
        'the console is not built: operators see no page',
        'Run "npm run build -w @relais/console", then restart the server.',
      );
}

const isOwn = (host: string): boolean => host === 'localhost' || /^127\.|^::1$/.test(host);

function checkAddress({
  host,
  port,
  publicUrl,
  metricsToken,
  twoFactorRequired,
}: Config): Finding[] {
  const found = [ok(`it listens on ${host}, port ${port}`)];
  if (publicUrl === undefined) {
    if (!isOwn(host)) {
      found.push(
        warning(
          'RELAIS_PUBLIC_URL is not set: links and documentation show the address that was asked for',
          'Set it to the https:// address at which clients and operators reach the server.',
        ),
      );
    }
  } else if (publicUrl.startsWith('https:')) {
    found.push(ok(`clients reach it at ${publicUrl}`));
  } else if (isOwn(new URL(publicUrl).hostname)) {
    found.push(ok(`it is reached from this machine, at ${publicUrl}`));
  } else {
    found.push(
      fault(
        `RELAIS_PUBLIC_URL is ${publicUrl}: keys and contacts travel in the clear`,
        'Put a proxy with TLS before the server and set RELAIS_PUBLIC_URL to its https:// address (docs/operate.md, "Behind a proxy").',
      ),
    );
  }
  found.push(
    ok(
      twoFactorRequired
        ? 'staff need a second factor'
        : 'a second factor is up to each of the staff (RELAIS_TWO_FACTOR)',
    ),
    ok(
      metricsToken
        ? '/metrics is open to who shows RELAIS_METRICS_TOKEN'
        : '/metrics is open to this machine alone',
    ),
  );
  return found;
}

/** Addresses from anywhere on the internet: who trusts all of these trusts everybody. */
const STRANGERS = ['8.8.8.8', '193.0.0.1', '2001:4860:4860::8888'];

function checkProxies({ trustedProxies, publicUrl, host }: Config): Finding[] {
  if (STRANGERS.some(within(trustedProxies))) {
    return [
      fault(
        'RELAIS_TRUSTED_PROXIES takes in the whole internet: anybody may claim any address, and get around limits and IP ranges of keys',
        'Name the addresses of your own proxies alone.',
      ),
    ];
  }
  if (trustedProxies.length > 0) return [ok(`it believes ${trustedProxies.join(', ')}`)];
  if (publicUrl?.startsWith('https:')) {
    return [
      warning(
        'RELAIS_TRUSTED_PROXIES is empty though RELAIS_PUBLIC_URL is https: all requests seem to come from the proxy, so that one wrong key slows everybody, and IP ranges of keys do not work',
        isOwn(host)
          ? 'Set it to 127.0.0.1 when the proxy is on this machine.'
          : 'Set it to the addresses of the proxy.',
      ),
    ];
  }
  return [];
}

/** Whether a server answers where the configuration says. */
async function checkAnswer({ host, port }: Config): Promise<Finding> {
  const at = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  const url = `http://${at.includes(':') && !at.startsWith('[') ? `[${at}]` : at}:${port}`;
  const status = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) }).then(
    (answer) => answer.status,
    () => undefined,
  );
  if (status === 200) return ok(`a server answers at ${url}, and its databases too`);
  if (status === undefined) {
    return warning(
      `no server answers at ${url}`,
      'Start it with "relais serve", if it should run.',
    );
  }
  return fault(
    `the server at ${url} answers ${status} to /readyz`,
    status === 503
      ? 'A database does not answer it: see below, and its log.'
      : 'Another program listens there: choose another RELAIS_PORT.',
  );
}
