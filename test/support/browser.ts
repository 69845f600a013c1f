import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/** A headless shell is Chromium without windows: the same pages for three quarters of the work. */
const NAMES = [
  ...['chromium-headless-shell', 'chrome-headless-shell', 'chromium', 'chromium-browser'],
  ...['google-chrome', 'google-chrome-stable', 'chrome'],
];
const MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Quiet: nothing is fetched that a test did not ask for. */
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/**
 * Opens the machine's Chrome or Chromium: `CHROME_PATH`, or the first on the PATH. As root on
 * Debian it is installed when there is none; elsewhere a sentence says how to get one. The caller
 * closes it.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath =
    process.env.CHROME_PATH ?? (await findBrowser()) ?? (await installBrowser());
  if (!executablePath) {
    throw new Error(
      'No Chrome or Chromium was found. Install one (on Debian: apt-get install chromium-headless-shell), or set CHROME_PATH to its program.',
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

async function findBrowser(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...candidates, MACOS]) {
    if (await isProgram(path)) return path;
  }
  return undefined;
}

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Test files run side by side: the first to come installs, the others wait for it. */
const INSTALL =
  'command -v chromium-headless-shell || { apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell; }';

async function installBrowser(): Promise<string | undefined> {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (process.getuid?.() !== 0 || !/^ID=debian$/m.test(system)) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await promisify(execFile)('flock', ['/run/lock/relais-chromium', 'sh', '-c', INSTALL], {
    env,
    maxBuffer: 64 * 1024 ** 2,
  });
  return findBrowser();
}
