// `npm run fuzz -- --bodies 100000 --seed 1`: requests made from the schemas of the contract, valid
// and broken, at every door of a server process. Fails when an answer is not as the contract says.
import { parseArgs } from 'node:util';
import { fuzz } from '../packages/server/test/fuzz/fuzz.ts';
import { openWorld } from '../packages/server/test/fuzz/world.ts';
import { openTestPostgres } from './testPostgres.ts';

const { values } = parseArgs({
  options: { bodies: { type: 'string', default: '20000' }, seed: { type: 'string' } },
});
const bodies = Number(values.bodies);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
if (!Number.isSafeInteger(bodies) || bodies < 1 || !Number.isSafeInteger(seed)) {
  throw new Error('--bodies and --seed are whole numbers.');
}

const sorted = <Key>(map: Map<Key, number>): string =>
  [...map]
    .sort(([, one], [, other]) => other - one)
    .map(([key, times]) => `${key} ${times}`)
    .join(', ');

const postgres = await openTestPostgres();
try {
  const began = Date.now();
  const world = await openWorld();
  try {
    const report = await fuzz(world, { seed, bodies, say: console.error });
    for (const { faults, at, door, name, request, answer } of report.violations) {
      console.log(`✖ ${faults.join('; ')}: ${door} ${name}, ${at}\n  ${request}\n  ${answer}`);
    }
    const { log } = world;
    for (const line of [...log.unexpected, ...log.leaks].slice(0, 40))
      console.log(`✖ log: ${line}`);
    console.log(
      `seed ${seed}, ${report.bodies} bodies, ${Math.round((Date.now() - began) / 1000)} s`,
    );
    console.log(`answers: ${sorted(report.statuses)}`);
    console.log(`errors: ${sorted(report.codes)}`);
    console.log(`unavailable, by SQLSTATE: ${sorted(log.unavailable) || 'never'}`);
    console.log(`answered 200: ${sorted(report.succeeded)}`);
    console.log(
      `${report.contacts} contacts pulled, ${log.requests} lines of requests, slowest health ${Math.round(report.slowestHealth)} ms`,
    );
    console.log(
      `${report.violated} answers not as the contract says, ${log.unexpected.length} unexpected failures, ${log.leaks.length} lines of the log with a person's text`,
    );
    if (report.contacts === 0) throw new Error('no contact was pulled: the run proves nothing');
    if (report.violated + log.unexpected.length + log.leaks.length > 0) process.exitCode = 1;
  } finally {
    await world.close();
  }
} finally {
  await postgres.close();
}
