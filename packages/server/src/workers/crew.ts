import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import { singleRun } from '../concurrency/singleRun.ts';
import type { Heir } from '../http/draining.ts';
import type { Logger } from '../log/log.ts';
import { isAnswering, type Order } from './order.ts';

/** The workers of a primary. */
export interface Crew {
  /**
   * Starts them, on the PostgreSQL at this address, which an embedded one has too: the primary alone
   * is its user, and stops it when the workers are gone. Gives the URL at which they answer; fails
   * when the first one does not start, and when they are dismissed before all do.
   */
  start(databaseUrl: string): Promise<string>;
  /**
   * Replaces the workers one after the other: each leaves when its successor answers. When a
   * successor does not start, those that have not been replaced stay. Never throws.
   */
  renew(): Promise<void>;
  /**
   * Has all workers leave, after they have drained when there is an heir, and starts none any more;
   * settles when they are gone.
   */
  dismiss(drain: Heir | null): Promise<void>;
}

/** A worker that ended before it answered. It has said why itself, unless a signal ended it. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted';

  constructor(signal: string | null) {
    super(signal ? `A worker was ended by ${signal} before it answered.` : '');
  }
}

interface Member {
  readonly worker: Worker;
  readonly since: number;
  readonly gone: Promise<unknown>;
  state: 'starting' | 'answering' | 'leaving';
}

/** A worker that lived shorter than this died at once. All in milliseconds. */
const AT_ONCE = 10_000;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 30_000;
/** How long a worker may take until it answers: a new version may have migrations before it. */
const START_PATIENCE = 600_000;
/** How long the requests in flight of a worker that leaves may take, after it has drained. */
const PATIENCE = 60_000;

/**
 * A crew of so many workers, which keeps so many alive: one that dies is replaced, after a pause that
 * grows while they die at once.
 */
export function createCrew(size: number, drainSeconds: number, log: Logger): Crew {
  const members = new Set<Member>();
  const dismissed = new AbortController();
  let quickDeaths = 0;
  let databaseUrl = '';

  const hire = async (): Promise<string> => {
    if (dismissed.signal.aborted) throw new NotStarted(null);
    const worker = cluster.fork({ DATABASE_URL: databaseUrl });
    const { pid } = worker.process;
    const answers = new Promise<string>((resolve) => {
      worker.on('message', (message: unknown) => {
        if (isAnswering(message)) resolve(message.url);
      });
    });
    const gone = new Promise<NotStarted>((resolve) => {
      worker.once('exit', (code: number | null, signal: string | null) => {
        members.delete(member);
        resolve(new NotStarted(signal));
        const { state } = member;
        if (state === 'leaving') return log.info({ worker: pid }, 'a worker has left');
        log.error({ worker: pid, code, signal }, 'a worker died');
        if (state === 'answering') void replace(performance.now() - member.since < AT_ONCE);
      });
    });
    // Such as a message to one that has just died: that it is gone is told by `exit`.
    worker.on('error', () => {});
    const member: Member = { worker, since: performance.now(), gone, state: 'starting' };
    members.add(member);
    // One that hangs would let no other restart begin.
    const late = setTimeout(() => {
      log.error({ worker: pid }, 'a worker does not start, and is ended');
      worker.process.kill('SIGKILL');
    }, START_PATIENCE);
    const url = await Promise.race([answers, gone]);
    clearTimeout(late);
    if (url instanceof NotStarted) throw url;
    if (member.state === 'starting') member.state = 'answering';
    log.info({ worker: pid }, 'a worker answers');
    return url;
  };

  const replace = async (diedAtOnce: boolean): Promise<void> => {
    quickDeaths = diedAtOnce ? quickDeaths + 1 : 0;
    for (;;) {
      const pause = quickDeaths === 0 ? 0 : FIRST_PAUSE * 2 ** (quickDeaths - 1);
      await delay(Math.min(pause, LONGEST_PAUSE), undefined, { signal: dismissed.signal }).catch(
        () => {},
      );
      if (dismissed.signal.aborted) return;
      try {
        await hire();
        return;
      } catch {
        quickDeaths += 1;
      }
    }
  };

  const leave = async (member: Member, order: Order): Promise<void> => {
    const { worker, state } = member;
    member.state = 'leaving';
    // One that does not answer yet has no request in flight.
    if (state === 'starting') worker.process.kill('SIGKILL');
    else if (state === 'answering') worker.send(order);
    const late = setTimeout(
      () => {
        log.error({ worker: worker.process.pid }, 'a worker does not leave, and is ended');
        worker.process.kill('SIGKILL');
      },
      drainSeconds * 1000 + PATIENCE,
    );
    await member.gone;
    clearTimeout(late);
  };

  const renew = singleRun(async () => {
    for (const old of [...members]) {
      if (dismissed.signal.aborted) return;
      if (old.state !== 'answering' || !members.has(old)) continue;
      try {
        await hire();
      } catch {
        log.error('the restart stops here: a successor did not start');
        return;
      }
      if (!dismissed.signal.aborted) await leave(old, { drain: 'successor' });
    }
    log.info('every worker was replaced');
  });

  // Workers take connections from the socket themselves. Handed out by this process, one that is on
  // its way to a worker that is killed would stay open here, and its client wait without an end.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  return {
    async start(address) {
      databaseUrl = address;
      // The first alone: what keeps it from starting would keep the others too.
      const url = await hire();
      await Promise.all(Array.from({ length: size - 1 }, () => hire().catch(() => replace(true))));
      if (dismissed.signal.aborted) throw new NotStarted(null);
      return url;
    },
    renew,
    async dismiss(drain) {
      dismissed.abort();
      await Promise.all([...members].map((member) => leave(member, { drain })));
    },
  };
}
