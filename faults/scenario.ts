import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { callClient } from './actors/calls.ts';
import { loader } from './actors/loader.ts';
import { untilTooLate } from './actors/patience.ts';
import { drain, lookAtAll, puller, reader } from './actors/pullers.ts';
import { operator, revoker } from './actors/staff.ts';
import { type Audit, readAudit } from './audit.ts';
import { check, type Verdict } from './check/check.ts';
import { addStandby } from './faults/failover.ts';
import type { Fault } from './faults/fault.ts';
import { readHistory } from './history.ts';
import type { Random } from './rig/random.ts';
import { CRM } from './rig/setup.ts';
import { countProxies, openWorld, type World } from './rig/world.ts';

/** A world, who acts in it, and what goes wrong in it. */
export interface Scenario {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** What it can't do without. */
  readonly needs?: 'root' | 'faketime';
  readonly queue?: number;
  readonly pullers?: number | undefined;
  /** The share of connections between clients and servers that are harmed. */
  readonly harm?: number;
  readonly world?: { standby?: true; clock?: true; smallDisk?: true };
  /** False: nobody works at the console and no key ends; sessions end when the clock is moved. */
  readonly staff?: false;
  readonly revocations?: readonly [number, number];
  /** More that is tried, after the faults, or together with them. */
  readonly also?: ((world: World) => Promise<void>) | undefined;
  readonly together?: true | undefined;
  /** Refusals that there have to be: without them a fault was none. */
  readonly refusals?: readonly string[];
  /** What has to be so while a fault lasts. */
  readonly during?: (world: World) => Promise<void>;
}

export interface Outcome extends Verdict {
  readonly name: string;
  readonly seconds: number;
  readonly injected: ReadonlyMap<string, number>;
  readonly size: number;
  /** The longest time from a fault's end to the first answer of every server, milliseconds. */
  readonly slowestReturn: number;
}

/**
 * How long servers may take to answer again when a fault is over, milliseconds. It takes them less
 * than 5 s where they have the processors to themselves: the results say how long it took.
 */
const RETURN = 15_000;

const SERVERS = 2;

export interface RunOptions {
  readonly random: Random;
  /** How long faults are injected. */
  readonly milliseconds: number;
  /** Another server than that of this checkout. */
  readonly main?: string;
  /** Is told what happens. */
  readonly say?: (sentence: string) => void;
  /** Ends the run early, with everything that it has started. */
  readonly signal?: AbortSignal | undefined;
  /** A folder for the history and the logs of the servers, which are removed otherwise. */
  readonly keep?: string | undefined;
}

/** Runs a scenario for a while, then heals, drains, looks at everything, and checks. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Outcome> {
  const began = Date.now();
  const world = await openWorld({
    random: options.random,
    servers: SERVERS,
    queue: scenario.queue ?? 3_000,
    harm: scenario.harm ?? 0.05,
    ...(options.main ? { main: options.main } : {}),
    ...scenario.world,
  });
  const { signal } = options;
  const interrupted = new Promise<never>((_, reject) => {
    const stop = () => reject(new Error('interrupted'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
  interrupted.catch(() => {});
  try {
    return await Promise.race([play(world, scenario, began, options), interrupted]);
  } finally {
    world.stopping = true;
    if (options.keep) await world.save(join(options.keep, scenario.name.replaceAll(/\W+/g, '-')));
    await world.close();
  }
}

async function play(
  world: World,
  scenario: Scenario,
  began: number,
  { milliseconds, say = () => {} }: RunOptions,
): Promise<Outcome> {
  if (scenario.world?.standby) await addStandby(world);
  say(`${scenario.name}: ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const acting = act(world, scenario);
  // What an actor fails of is told when the faults are over.
  acting.catch(() => {});
  world.until = Date.now() + milliseconds;
  const struck = strike(world, scenario, say);
  const slowestReturn = scenario.together
    ? (await Promise.all([struck, scenario.also?.(world)]))[0]
    : await struck.then(async (slowest) => {
        await scenario.also?.(world);
        return slowest;
      });
  await end(world, acting);
  const audit = await auditOf(world);
  for (const { lost } of world.servers) {
    for (const what of lost) world.history.write({ kind: 'noticed', what });
  }
  countProxies(world);
  const verdict = check(world.plan, readHistory(world.history.path), audit);
  const violations = [...verdict.violations, ...emptiness(world, scenario, verdict)];
  return {
    ...verdict,
    violations,
    name: scenario.name,
    seconds: (Date.now() - began) / 1000,
    injected: world.injected,
    size: world.history.size(),
    slowestReturn,
  };
}

/** Everybody acts until the world stops. */
async function act(world: World, scenario: Scenario): Promise<void> {
  const clients = world.plan.clients;
  const pullers = Array.from({ length: scenario.pullers ?? 16 }, (_, number) => {
    const client = clients[number % clients.length]?.nom ?? '';
    return puller(world, client, number % 8 < 5);
  });
  const staff =
    scenario.staff === false
      ? []
      : [operator(world), operator(world), revoker(world, scenario.revocations ?? [1_000, 3_000])];
  await Promise.all([
    ...pullers,
    ...staff,
    loader(world, 'l'),
    loader(world, 'm'),
    reader(world),
    reader(world),
  ]);
}

/** One fault after another, each at least once whatever the time; gives the slowest return. */
async function strike(
  world: World,
  { faults, during }: Scenario,
  say: (sentence: string) => void,
): Promise<number> {
  const { random } = world;
  const left = () => Math.max(0, world.until - Date.now());
  let slowest = 0;
  await delay(Math.min(1_000, left()));
  if (faults.length === 0) await delay(left());
  for (let round = 0; faults.length > 0; round += 1) {
    const fault = faults[round] ?? random.pick(faults);
    if (round >= faults.length && left() === 0) break;
    world.active.add(fault.name);
    world.count(fault.name);
    const heal = await fault.inject(world);
    await Promise.all([delay(random.whole(...fault.lasts)), during?.(world)]);
    await heal();
    world.active.delete(fault.name);
    const took = await untilAnswering(world);
    slowest = Math.max(slowest, took);
    say(`  ${fault.name}; answers again after ${took} ms`);
    if (took > RETURN) {
      world.history.write({
        kind: 'noticed',
        what: `${took} ms until answers after ${fault.name}`,
      });
    }
    await delay(random.whole(200, 1_500));
  }
  return slowest;
}

/** Waits until every server answers a read. */
async function untilAnswering(world: World): Promise<number> {
  const began = Date.now();
  const patience = untilTooLate('a server never answers again');
  await Promise.all(
    world.servers.map(async (server) => {
      for (;;) {
        // Past the door, which harms some connections.
        const url = `http://127.0.0.1:${server.door.target}`;
        const one = { ...world, door: () => ({ ...server.door, url }) };
        const key = world.keys[0];
        if (!key) throw new Error('no key');
        const { outcome } = await callClient(one, key, { operation: 'readContacts', limit: 1 });
        if (outcome === 'ok') return;
        await patience();
      }
    }),
  );
  return Date.now() - began;
}

/** No harm any more: what was begun ends, what is ready is pulled, all is looked at. */
async function end(world: World, acting: Promise<void>): Promise<void> {
  for (const { door } of world.servers) door.share = 0;
  world.stopping = true;
  await acting;
  const names = world.plan.clients.map(({ nom }) => nom);
  await Promise.all(names.map((nom) => drain(world, nom)));
  await Promise.all(names.map((nom) => lookAtAll(world, nom)));
}

async function auditOf(world: World): Promise<Audit> {
  const connection = await world.primary.connect(CRM);
  try {
    return await readAudit(connection);
  } finally {
    await connection.end();
  }
}

/** A run in which nothing happened has shown nothing. */
function emptiness(world: World, scenario: Scenario, verdict: Verdict) {
  const problems: string[] = [];
  for (const { name } of scenario.faults) {
    if (!world.injected.has(name)) problems.push(`never injected: ${name}`);
  }
  for (const when of ['before commit', 'after commit'] as const) {
    const wanted = scenario.faults.some(({ name }) => name.endsWith(`cut ${when}`));
    if (wanted && world.wire.done[when] === 0) problems.push(`no commit was cut ${when}`);
  }
  if (verdict.deliveries === 0) problems.push('no pull had contacts');
  for (const code of scenario.refusals ?? []) {
    if (!verdict.refusals.has(code)) problems.push(`nothing was refused as ${code}`);
  }
  return problems.map((what) => ({ invariant: 'run', what }));
}
