import { OtherKeyError, RelaisError, StoreInUseError } from './errors.ts';
import { isReason, isReleased, tookNothing, tookNothingEver } from './failures.ts';
import type { CallOptions, PullOptions } from './options.ts';
import { assertKnown } from './parameterNames.ts';
import {
  assertRepeatable,
  doneOf,
  isPendingPull,
  newPull,
  type PendingPull,
  type PullStore,
} from './pullStore.ts';
import type { Contact, Pull, PullParameters } from './types.ts';

/** What pulls; `Relais` does. */
export interface Puller {
  /** See `keyMark`. */
  key(): Promise<string>;
  pullContacts(parameters: PullParameters, options: PullOptions): Promise<Pull>;
}

/** Which contacts a loop pulls, and what makes it go on after a crash. */
export interface PullsOptions extends PullParameters, CallOptions {
  /**
   * How many contacts each pull takes: from 1 to 200, 200 when left out. The loop goes on until
   * nothing is ready all the same; what is left of a pull when you leave it comes first in the next.
   */
  readonly limit?: number | undefined;
  /**
   * Keeps the pending pull; without one it lives as long as the client object. What is pending comes
   * first, whatever this loop asks for: loops whose contacts go to different places get one each.
   */
  readonly store?: PullStore | undefined;
  /** True to go on with a pull that the key before this one began: this one has replaced it. */
  readonly rotated?: boolean | undefined;
}

/** The same of a loop over single contacts. */
export interface ContactsOptions extends PullsOptions {
  /** Does what is to be done with a contact: it is done when this has resolved. */
  readonly handler?: ((contact: Contact) => Promise<void> | void) | undefined;
  /**
   * Hears of each pull before its contacts come, and is waited for: `withheld` counts those of a
   * repeated pull that do not come, since the key may no longer see them or a person was erased.
   * What it throws ends the loop; the pull comes first the next time.
   */
  readonly onPull?: ((pull: Pull) => Promise<void> | void) | undefined;
}

type Stored<Options> = Options & { readonly store: PullStore };

/** Pulls until nothing is ready; the pending pull first. See `Relais.pulls`. */
export async function* eachPull(
  puller: Puller,
  options: Stored<PullsOptions>,
): AsyncGenerator<Pull, void, undefined> {
  for await (const { pull } of pending(puller, options)) {
    yield pull;
  }
}

/** Pulls until nothing is ready, and gives each contact in turn. See `Relais.contacts`. */
export async function* eachContact(
  puller: Puller,
  { handler, onPull, ...options }: Stored<ContactsOptions>,
): AsyncGenerator<Contact, void, undefined> {
  for await (const { pull, begun } of pending(puller, options)) {
    await onPull?.(pull);
    const done = new Set(begun.done);
    for (const contact of pull.contacts) {
      if (done.has(contact.action_id)) continue;
      options.signal?.throwIfAborted();
      await handler?.(contact);
      const isDone = () => {
        done.add(contact.action_id);
        return options.store.save({ ...begun, done: [...done], pull: pull.id });
      };
      if (handler) await isDone();
      yield contact;
      if (!handler) await isDone();
    }
  }
}

/** The stores that a loop of this process is using. */
const inUse = new WeakSet<PullStore>();

/** A store has one place for a pending pull: a second loop would write over that of the first. */
async function* pending(puller: Puller, options: Stored<PullsOptions>) {
  const { store } = options;
  if (inUse.has(store)) {
    throw new StoreInUseError(
      'Another loop is pulling with this store: give each loop a store of its own, or let one end before the next begins.',
    );
  }
  inUse.add(store);
  try {
    const release = await store.open?.();
    try {
      yield* eachPending(puller, options);
    } finally {
      await release?.();
    }
  } finally {
    inUse.delete(store);
  }
}

/** Each pull with what is stored of it; a pull is cleared when the next is asked for. */
async function* eachPending(puller: Puller, { store, rotated, ...options }: Stored<PullsOptions>) {
  const { signal, timeout, maxRetries, ...parameters } = options;
  // Before it is stored: what is stored is sent again until it is answered.
  assertKnown('pullContacts', parameters);
  const key = await puller.key();
  for (;;) {
    const resumed = (await store.load()) ?? undefined;
    if (resumed !== undefined && !isPendingPull(resumed)) {
      throw new RelaisError(
        'The store holds something else than a pending pull. Look at what was pulled (getPulledContacts), then clear the store.',
      );
    }
    if (resumed?.key !== undefined && resumed.key !== key && !rotated) {
      throw new OtherKeyError(
        'The store holds an unfinished pull of another API key: finish it with that key, or with rotated: true if this key has replaced it, or give this key a store of its own.',
      );
    }
    if (resumed) assertRepeatable(resumed, 'The store', 'clear the store');
    const begun: PendingPull = { ...(resumed ?? newPull(parameters)), key };
    // Before the pull: from here on a process that ends at any moment leaves its key behind.
    if (!resumed) await store.save(begun);
    const { idempotencyKey } = begun;
    try {
      const pull = await puller.pullContacts(begun.parameters, {
        idempotencyKey,
        signal,
        timeout,
        maxRetries,
      });
      const done = resumed ? doneOf(resumed, { key, pull: pull.id }) : [];
      yield { pull, begun: { ...begun, done } };
      await store.clear();
      if (!resumed && (pull.contacts.length === 0 || pull.remaining === 0)) return;
    } catch (error) {
      if (isReason(error, signal)) throw error;
      // Nothing is pending of a pull that was refused, or whose contacts are back in the queue:
      // one that was begun earlier makes room for what is asked for now.
      const over = isReleased(error) || (resumed !== undefined && tookNothingEver(error));
      if (over || (!resumed && tookNothing(error))) await store.clear();
      if (!over) throw error;
    }
  }
}
