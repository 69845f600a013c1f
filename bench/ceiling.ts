import { setTimeout as delay } from 'node:timers/promises';
import { spawnServer } from '../packages/server/test/support/server.ts';
import type { HttpCall, Load } from './load.ts';
import { openRecorder } from './record.ts';
import { type Step, stepsOf, valuesOf } from './replay.ts';
import type { Caller, Site } from './setup.ts';
import { named, relaisCalls, type Work } from './work.ts';
import { openWriter } from './writer.ts';

/** Gives the statements of a work of some callers: what is left when nothing else is done. */
export interface Ceiling {
  load(site: Site, work: Work, callers: readonly Caller[]): Load & { over: 'sql' };
}

/** What is to be recorded. */
export interface Recording {
  readonly site: Site;
  readonly work: Work;
  readonly callers: readonly Caller[];
}

/** Longer than the server takes to note what it notes after an answer, milliseconds. */
const SETTLES = 400;

/**
 * Has a server do each work once for each caller, and records what it sends to the CRM database
 * before it answers. Before each request something is changed that its answer depends on, so that
 * nothing is answered from memory.
 */
export async function recordCeiling(
  catalogUrl: string,
  recordings: readonly Recording[],
): Promise<Ceiling> {
  await using cleanup = new AsyncDisposableStack();
  const recorder = await openRecorder(catalogUrl, cleanup);
  const server = await spawnServer({ DATABASE_URL: recorder.url });
  cleanup.defer(() => server.end());
  const known = new Map<string, Step[]>();
  const sessions = new Map<Site, ReadonlyMap<string, string>>();
  const nameOf = (site: Site, work: Work, caller: Caller) =>
    `${site.url} ${named(work)} ${caller.keyId}`;

  for (const { site, work, callers } of recordings) {
    const writer = await openWriter(site.url, cleanup);
    const touch = async (caller: Caller) => {
      await writer.write(caller.region);
      if (work.operation === 'getPulledContacts') {
        await ask(server.url, relaisCalls({ operation: 'pullContacts', limit: 1 }, [caller]));
      }
      if (work.operation === 'getProgrammes') await site.renameProgramme(caller.region);
    };
    const record = async (caller: Caller, settles = 0) => {
      await touch(caller);
      await delay(settles);
      const name = new URL(site.url).pathname.slice(1);
      const done = await recorder.record(name, () => ask(server.url, relaisCalls(work, [caller])));
      sessions.set(site, done.settings);
      return done.statements;
    };
    const [one] = callers;
    if (!one) continue;
    await record(one);
    const steps = stepsOf(await record(one, SETTLES), await record(one, SETTLES));
    for (const caller of callers) {
      known.set(nameOf(site, work, caller), valuesOf(steps, await record(caller)));
    }
    await site.restore();
  }
  return {
    load(site, work, callers) {
      const calls = callers.map((caller) => {
        const steps = known.get(nameOf(site, work, caller));
        if (!steps) throw new Error(`not recorded: ${named(work)}`);
        return steps;
      });
      return { over: 'sql', url: site.url, settings: sessions.get(site) ?? new Map(), calls };
    },
  };
}

async function ask(url: string, [call]: HttpCall[]): Promise<void> {
  if (!call) return;
  const { method, path, headers, body } = call.first;
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body }) });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}
