import { isReleased, tookNothing } from './failures.ts';
import type { CallOptions, PullOptions } from './options.ts';
import type { PendingPull, PullStore } from './pullStore.ts';
import type { Contact, Pull, PullParameters } from './types.ts';

/** What pulls; `Relais` does. */
interface Puller {
  pullContacts(parameters: PullParameters, options: PullOptions): Promise<Pull>;
}

export interface PullsOptions extends PullParameters, CallOptions {
  /** Keeps the pending pull; without one it lives as long as the client object. */
  readonly store?: PullStore;
}

export interface ContactsOptions extends PullsOptions {
  /** Does what is to be done with a contact: it is done when this has resolved. */
  readonly handler?: (contact: Contact) => Promise<void> | void;
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
  { handler, ...options }: Stored<ContactsOptions>,
): AsyncGenerator<Contact, void, undefined> {
  for await (const { pull, begun } of pending(puller, options)) {
    const done = new Set(begun.done);
    for (const contact of pull.contacts) {
      if (done.has(contact.action_id)) continue;
      options.signal?.throwIfAborted();
      await handler?.(contact);
      const isDone = () => {
        done.add(contact.action_id);
        return options.store.save({ ...begun, done: [...done] });
      };
      if (handler) await isDone();
      yield contact;
      if (!handler) await isDone();
    }
  }
}

/** Each pull with what is stored of it; a pull is cleared when the next is asked for. */
async function* pending(puller: Puller, { store, ...options }: Stored<PullsOptions>) {
  const { signal, timeout, maxRetries, ...parameters } = options;
  for (;;) {
    const resumed = await store.load();
    const begun: PendingPull = resumed ?? {
      idempotencyKey: crypto.randomUUID(),
      parameters,
      done: [],
    };
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
      yield { pull, begun };
      await store.clear();
      if (!resumed && (pull.contacts.length === 0 || pull.remaining === 0)) return;
    } catch (error) {
      // Nothing is pending of a pull that was refused, or whose contacts are back in the queue.
      const released = isReleased(error);
      if (released || (!resumed && tookNothing(error))) await store.clear();
      if (!released) throw error;
    }
  }
}
