import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NeverAnswered } from './actors/patience.ts';
import { allPlans } from './faults/crowd.ts';
import type { Fault } from './faults/fault.ts';
import { killedAtFirstByte, postmasterKilled } from './faults/postgres.ts';
import { serverKilled } from './faults/server.ts';
import { cutAfterCommit, cutBeforeCommit } from './faults/wire.ts';
import { seeded } from './rig/random.ts';
import { runScenario, type Scenario } from './scenario.ts';
import { revocations, rushes, storms } from './trials.ts';

/** One way to break the server, and where that has to show. */
interface Mutant {
  readonly name: string;
  readonly patches: readonly (readonly [file: string, text: string, instead: string])[];
  readonly faults?: readonly Fault[];
  readonly also?: Scenario['also'];
  readonly together?: true;
  readonly pullers?: number;
}

const PULLS = 'store/pulls.ts';
const POOL = 'db/pool.ts';
const PULL = 'operations/client/pullContacts.ts';
const MARKED =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text of the server.
  'where action.id = any(${picked}::bigint[]) and action.id_statut = ${pull.id_statut_ready}';

export const mutants: readonly Mutant[] = [
  {
    name: 'no row lock',
    patches: [
      [PULLS, 'for no key update of action skip locked', ''],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text of the server.
      [PULLS, MARKED, 'where action.id = any(${picked}::bigint[])'],
    ],
  },
  {
    name: 'no client lock',
    patches: [['store/keys.ts', 'for no key update of client', '']],
    // The client whose queue is its own is left to the trial.
    pullers: 3,
    also: rushes(40),
    together: true,
  },
  {
    name: 'in (select … limit … for update skip locked)',
    patches: [
      [
        PULLS,
        MARKED,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text of the server.
        'where action.id in (select own.id from action own where own.id_statut = ${pull.id_statut_ready} and own.id_region = any(${left.scope.regions}::bigint[]) order by own.ready_at, own.id limit ${picked.length} for update skip locked)',
      ],
      [PULLS, 'if (row?.items !== picked.length)', 'if (!row)'],
    ],
    faults: [allPlans, allPlans],
  },
  {
    name: 'idempotency ignored',
    patches: [['http/idempotencyKey.ts', 'return key;', 'return undefined;']],
    also: storms(3),
  },
  {
    name: 'idempotency written in a second transaction',
    patches: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text of the server.
      [PULLS, '${pull.idempotencyKey ?? null}', '${null}'],
      [
        PULL,
        "const inOneTransaction: Handler<'pullContacts'> = (call, parameters) =>",
        `const inOneTransaction: Handler<'pullContacts'> = async (call, parameters) => {
          const answer = await pullAlone(call, parameters);
          if (parameters.idempotencyKey && answer.pull) {
            await call.database.db.updateTable('pull')
              .set({ idempotency_key: parameters.idempotencyKey })
              .where('id', '=', answer.pull).execute();
          }
          return answer;
        };
        const pullAlone: Handler<'pullContacts'> = (call, parameters) =>`,
      ],
    ],
    faults: [cutAfterCommit, serverKilled],
    also: storms(3),
  },
  {
    name: 'answered before COMMIT',
    patches: [
      [
        POOL,
        "pool.on('connect', (client) => {",
        `pool.on('connect', (client) => {
          const query = client.query.bind(client);
          client.query = (text, ...rest) => {
            const sent = query(text, ...rest);
            if (!/^\\s*commit/i.test(text?.text ?? text)) return sent;
            sent.catch(() => {});
            return Promise.resolve({ command: 'COMMIT', rowCount: 0, rows: [], fields: [] });
          };`,
      ],
    ],
    faults: [cutBeforeCommit, killedAtFirstByte],
  },
  {
    name: 'synchronous_commit = off',
    patches: [
      [
        POOL,
        "'-c random_page_cost=1.1',",
        "'-c random_page_cost=1.1', '-c synchronous_commit=off',",
      ],
    ],
    faults: [killedAtFirstByte, postmasterKilled, killedAtFirstByte, postmasterKilled],
  },
  {
    name: 'authentication outside the transaction',
    patches: [['operations/lockValidKey.ts', 'assertValid(key);', '']],
    // It is a matter of milliseconds: of thirty revocations, in one run of four, none shows it.
    also: revocations(150, 150),
  },
];

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A copy of the server with a mutant in it: the path of its main.ts. */
export async function plant({ patches }: Pick<Mutant, 'patches'>, folder: string): Promise<string> {
  const server = join(folder, 'packages/server');
  const from = join(ROOT, 'packages/server');
  await mkdir(server, { recursive: true });
  await cp(join(from, 'src'), join(server, 'src'), { recursive: true });
  await cp(join(from, 'package.json'), join(server, 'package.json'));
  await symlink(join(from, 'migrations'), join(server, 'migrations'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text, instead] of patches) {
    const path = join(server, 'src', file);
    const source = await readFile(path, 'utf8');
    const parts = source.split(text);
    if (parts.length !== 2) {
      throw new Error(`${file} has ${parts.length - 1} times, not once: ${text}`);
    }
    await writeFile(path, parts.join(instead));
  }
  return join(server, 'src/main.ts');
}

/** Runs each mutant under the faults that have to find it out. */
export async function catchMutants(
  seed: number,
  {
    say,
    only,
    signal,
  }: {
    say: (sentence: string) => void;
    /** Parts of names; none: all. */
    only: readonly string[];
    signal: AbortSignal;
  },
): Promise<boolean> {
  const free: string[] = [];
  for (const mutant of mutants) {
    if (only.length > 0 && !only.some((name) => mutant.name.includes(name))) continue;
    const folder = await mkdtemp(join(tmpdir(), 'relais-mutant-'));
    try {
      const main = await plant(mutant, folder);
      const { name, faults = [], also, together, pullers } = mutant;
      const outcome = await runScenario(
        { name, queue: 3_000, harm: 0.02, faults, also, together, pullers },
        { random: seeded(seed), milliseconds: 5_000, main, signal },
      ).catch((error: unknown) => {
        // The actors find out first that a key or a session of theirs is gone.
        if (!(error instanceof NeverAnswered)) throw error;
        return { violations: [{ invariant: 'an answer', what: error.message }] };
      });
      const found = new Set(outcome.violations.map(({ invariant }) => invariant));
      // That nothing was injected says nothing of the server.
      found.delete('run');
      const [first] = outcome.violations;
      if (found.size === 0) free.push(mutant.name);
      say(
        found.size === 0
          ? `NOT CAUGHT: ${mutant.name}`
          : `caught: ${mutant.name} by ${[...found].sort().join(', ')}: ${first?.what}`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return free.length === 0;
}
