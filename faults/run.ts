// `npm run faults`: what is promised, while everything breaks. See docs/faults.md.
import { parseArgs } from 'node:util';
import { catchMutants } from './mutants.ts';
import { saveResults } from './results.ts';
import { findFaketime } from './rig/clock.ts';
import { seeded } from './rig/random.ts';
import { type Outcome, runScenario, type Scenario } from './scenario.ts';
import { scenarios, shortScenarios } from './scenarios.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string', default: '' },
    mutants: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const HELP = `npm run faults -- [options]

  --minutes <n>      how long faults are injected, in all (5); setting up and checking come on top
  --seed <n>         the chance of an earlier run
  --only <names>     of ${scenarios.map(({ name }) => name).join(', ')}
  --without <names>  leaves scenarios out, such as those that lack something on this machine
  --keep <folder>    keeps the history of every request, and the logs of the servers
  --short            the short form, as the tests run it
  --mutants          breaks the server in eight ways and wants each of them to be caught`;

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** What this machine lacks for a scenario, as a sentence. */
function lacks({ needs, name }: Scenario): string | undefined {
  if (needs === 'root' && (process.getuid?.() !== 0 || process.platform !== 'linux')) {
    return `"${name}" needs Linux and root, to mount a small disk: nothing was shown of a full disk.`;
  }
  if (needs === 'faketime' && !findFaketime()) {
    return `"${name}" needs libfaketime (on Debian: apt-get install faketime): nothing was shown of a clock that moves.`;
  }
  return undefined;
}

function chosen(): readonly Scenario[] {
  const all = values.short ? shortScenarios : scenarios;
  const known = new Set(all.map(({ name }) => name));
  const list = (text: string) => text.split(',').filter(Boolean);
  const only = list(values.only ?? '');
  const without = list(values.without);
  const unknown = [...only, ...without].filter((name) => !known.has(name));
  if (unknown.length) throw new Error(`no scenario ${unknown}: there are ${[...known].join(', ')}`);
  return all.filter(
    ({ name }) => (only.length === 0 || only.includes(name)) && !without.includes(name),
  );
}

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interruption.abort());
}

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);

async function main(): Promise<boolean> {
  say(`Seed ${seed}`);
  if (values.mutants)
    return catchMutants(seed, {
      say,
      only: values.only?.split(',') ?? [],
      signal: interruption.signal,
    });
  const minutes = Number(values.minutes);
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error(HELP);
  const able = chosen().filter((scenario) => !lacks(scenario));
  const missing = chosen().flatMap((scenario) => lacks(scenario) ?? []);
  const random = seeded(seed);
  const outcomes: Outcome[] = [];
  for (const scenario of able) {
    const milliseconds = (minutes * 60_000) / able.length;
    try {
      const outcome = await runScenario(scenario, {
        random: random.fork(),
        milliseconds,
        say,
        signal: interruption.signal,
        keep: values.keep,
      });
      outcomes.push(outcome);
      report(outcome);
    } catch (error) {
      if (interruption.signal.aborted) throw error;
      missing.push(`"${scenario.name}" did not come to its end: ${(error as Error).message}`);
    }
  }
  for (const sentence of missing) say(`NOT DONE: ${sentence}`);
  const whole = !values.only && !values.short;
  if (whole) await saveResults({ seed, minutes, outcomes, missing });
  return missing.length === 0 && outcomes.every(({ violations }) => violations.length === 0);
}

function report(outcome: Outcome): void {
  const { name, calls, unknown, deliveries, contacts, repeats, size } = outcome;
  say(
    `${name}: ${calls} requests (${unknown} without an answer), ${deliveries} pulls of ${contacts} contacts, ${repeats} repeats; history of ${size} entries; ${outcome.seconds.toFixed(0)} s`,
  );
  for (const [fault, times] of outcome.injected) say(`  ${times} x ${fault}`);
  for (const { invariant, what } of outcome.violations) say(`  VIOLATION ${invariant}: ${what}`);
  if (outcome.violations.length === 0) say('  nothing violated');
}

if (values.help) say(HELP);
else {
  try {
    const good = await main();
    say(good ? 'PASSED' : `FAILED (again with --seed ${seed})`);
    process.exitCode = good ? 0 : 1;
  } catch (error) {
    say((error as Error).message);
    // Whoever still waits for an answer need not.
    process.exit(2);
  }
}
