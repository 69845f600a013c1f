// `npm run audit`, a step of `npm test`: what is locked is whole, from the registry, runs no script that
// nobody allowed and has a permissive licence; and nothing that is shipped has a known vulnerability
// that is high or critical. Where the registry does not answer that question, it says so and passes.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Advisories, type Lock, lockFaults, readAudit } from './dependencies.ts';

const PATIENCE = 30_000;
const root = new URL('../', import.meta.url);
const readJson = async (name: string) => JSON.parse(await readFile(new URL(name, root), 'utf8'));

/** Asks the registry; npm ends with 1 for what it found as for what failed, so its text is read. */
const ask = (): Promise<Advisories> =>
  new Promise((resolve) => {
    const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0'];
    execFile('npm', args, { cwd: root, timeout: PATIENCE, maxBuffer: 2 ** 26 }, (_error, stdout) =>
      resolve(readAudit(stdout)),
    );
  });

const { allowScripts = {} } = await readJson('package.json');
const lock = (await readJson('package-lock.json')) as Lock;
const faults = lockFaults(lock, allowScripts);
const advisories = await ask();
if ('unasked' in advisories) {
  console.warn(
    `! Known vulnerabilities were NOT looked up, the registry did not say: ${advisories.unasked}`,
  );
} else {
  faults.push(...advisories.grave.map((one) => `A known vulnerability: ${one}.`));
  if (advisories.others > 0) console.warn(`! ${advisories.others} lesser known vulnerabilities.`);
}
for (const fault of faults) console.error(`✖ ${fault}`);
console.log(`${Object.keys(lock.packages).length} locked packages looked at.`);
if (faults.length > 0) process.exitCode = 1;
