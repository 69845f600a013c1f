import { RelaisError } from './errors.ts';
import type { PullParameters } from './types.ts';

/** A pull that was begun, and whose contacts are not all done. */
export interface PendingPull {
  readonly idempotencyKey: string;
  readonly parameters: PullParameters;
  /** The action ids that are done. */
  readonly done: readonly number[];
  /** What tells the API key that began it from others. Older versions did not store it. */
  readonly key?: string;
  /** When it was begun, ISO 8601. Older versions did not store it. */
  readonly begunAt?: string;
  /** Which pull it is, once something of it is done or written. */
  readonly pull?: string | undefined;
}

/** What is stored of a pull before it is sent, under an idempotency key of its own. */
export const newPull = (parameters: PullParameters): PendingPull => ({
  idempotencyKey: crypto.randomUUID(),
  parameters,
  done: [],
  begunAt: new Date().toISOString(),
});

/**
 * The action ids that are done of a pending pull, now that its answer has come under this key. A key
 * that was called rotated and is another client's, such as the one after a sandbox's, has made a new
 * pull of the same name: what was done of the other has ids of another database.
 */
export const doneOf = (
  { done, key, pull }: PendingPull,
  answered: { readonly key: string; readonly pull: string | undefined },
): readonly number[] =>
  key !== answered.key && pull !== undefined && pull !== answered.pull ? [] : done;

/** Whether this is one. Without its idempotency key, each try would take other contacts. */
export function isPendingPull(value: unknown): value is PendingPull {
  if (typeof value !== 'object' || value === null) return false;
  const { idempotencyKey, parameters, done } = value as Partial<PendingPull>;
  const isNamed = typeof idempotencyKey === 'string' && idempotencyKey !== '';
  return isNamed && typeof parameters === 'object' && parameters !== null && Array.isArray(done);
}

/** For so long a pull can be repeated, milliseconds; then its idempotency key would name a new one. */
const REPEATABLE = 30 * 24 * 3_600_000;

/** Fails where a pending pull would bring other contacts than it did; `where` it is, for the message. */
export function assertRepeatable(
  { begunAt }: Pick<PendingPull, 'begunAt'>,
  where: string,
  clear: string,
): void {
  if (begunAt === undefined || Date.now() - Date.parse(begunAt) <= REPEATABLE) return;
  throw new RelaisError(
    `${where} names a pull that was begun on ${begunAt.slice(0, 10)}, too long ago to be repeated. Ask the agency what it handed out, then ${clear}.`,
  );
}

/**
 * Keeps the one pull that is pending, so that a process which starts again repeats it. What `save`
 * has stored must outlive the process before its promise resolves.
 */
export interface PullStore {
  load(): Promise<PendingPull | undefined>;
  save(pending: PendingPull): Promise<void>;
  clear(): Promise<void>;
  /**
   * Takes the store for one loop, and resolves with what gives it back; rejects while another
   * process has it. A store that several processes can reach needs it: they would lose contacts.
   */
  open?(): Promise<() => Promise<void>>;
}

/** Forgets all when the process ends. */
export function memoryStore(): PullStore {
  let kept: PendingPull | undefined;
  return {
    load: async () => kept,
    save: async (pending) => {
      kept = pending;
    },
    clear: async () => {
      kept = undefined;
    },
  };
}
