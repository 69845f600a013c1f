import { pageOf, pulledPageOf, pullOf, releaseOf, rowsOf } from './answers.ts';
import type { Received } from './attempt.ts';
import { RelaisError } from './errors.ts';
import { isReason } from './failures.ts';
import { keyMark } from './keyMark.ts';
import { type CallOptions, type PullOptions, type RelaisOptions, settingsOf } from './options.ts';
import {
  type ContactsOptions,
  eachContact,
  eachPull,
  type Puller,
  type PullsOptions,
} from './pulling.ts';
import { memoryStore } from './pullStore.ts';
import { send } from './send.ts';
import type {
  Contact,
  Page,
  Programme,
  ProgrammeParameters,
  Pull,
  PulledPage,
  PulledParameters,
  PullParameters,
  ReadParameters,
  Region,
  RegionParameters,
  Release,
} from './types.ts';

/**
 * A client of the API: one method for each operation, and `contacts`, which is made of them. Every
 * method fails with a RelaisError, or with the reason of its signal; an option that is wrong, or a
 * parameter that there is none of, is a TypeError.
 */
export class Relais {
  /** What is pending of `contacts` and `pulls` when they are given no store. */
  readonly #store = memoryStore();
  readonly #call: <Result>(
    operation: string,
    parameters: object,
    options: CallOptions | undefined,
    read: (received: Received) => Result,
    idempotencyKey?: string,
  ) => Promise<Result>;

  readonly #puller: Puller;

  constructor(options: RelaisOptions) {
    // In a closure: whoever prints a client does not print its key.
    const settings = settingsOf(options);
    this.#puller = {
      key: () => keyMark(settings.apiKey),
      pullContacts: (parameters, pullOptions) => this.pullContacts(parameters, pullOptions),
    };
    this.#call = (operation, parameters, callOptions, read, idempotencyKey) => {
      const called = {
        operation,
        parameters,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      };
      return send(settings, called, callOptions ?? {}, read);
    };
  }

  /** The regions that your key opens. */
  getRegions(parameters: RegionParameters = {}, options?: CallOptions): Promise<Region[]> {
    return this.#call('getRegions', parameters, options, (received) =>
      rowsOf<Region>(received, ['id']),
    );
  }

  /** The programmes of your regions. */
  getProgrammes(parameters: ProgrammeParameters = {}, options?: CallOptions): Promise<Programme[]> {
    return this.#call('getProgrammes', parameters, options, (received) =>
      rowsOf<Programme>(received, ['id', 'idRegion']),
    );
  }

  /** Contacts that are ready to pull, those ready longest first. Nothing changes. */
  readContacts(parameters: ReadParameters = {}, options?: CallOptions): Promise<Page> {
    return this.#call('readContacts', parameters, options, pageOf);
  }

  /**
   * Takes the next contacts, those ready longest first: they are yours from then on. An error after
   * which the pull may have taken effect has its `idempotencyKey`: the same call with it brings the
   * same contacts, for 30 days. The reason of a signal has none: give a key of your own beside a
   * signal. `contacts` does all this by itself.
   */
  async pullContacts(parameters: PullParameters = {}, options: PullOptions = {}): Promise<Pull> {
    // Never without one, `null` included: a second try would take other contacts.
    const idempotencyKey = options.idempotencyKey ?? crypto.randomUUID();
    const read = (received: Received) => pullOf(received, idempotencyKey);
    try {
      return await this.#call('pullContacts', parameters, options, read, idempotencyKey);
    } catch (error) {
      if (error instanceof RelaisError && !isReason(error, options.signal)) {
        error.idempotencyKey = idempotencyKey;
      }
      throw error;
    }
  }

  /**
   * What you pulled within the last 30 days and stands as pulled still, newest first: `getPullBatch`
   * has those of a pull, too, that the agency has given another statut since.
   */
  getPulledContacts(parameters: PulledParameters = {}, options?: CallOptions): Promise<PulledPage> {
    return this.#call('getPulledContacts', parameters, options, pulledPageOf);
  }

  /** The contacts of one pull again, in the same order and with the same values. */
  getPullBatch(parameters: { readonly pullId: string }, options?: CallOptions): Promise<Pull> {
    return this.#call('getPullBatch', parameters, options, (received) =>
      pullOf(received, undefined),
    );
  }

  /** Puts the contacts of a pull back to ready, within 24 hours of the pull. */
  releasePull(
    parameters: { readonly pullId: string; readonly reason: string },
    options?: CallOptions,
  ): Promise<Release> {
    return this.#call('releasePull', parameters, options, releaseOf);
  }

  /** With a test key: makes the sandbox what it was at the beginning. */
  resetSandbox(options?: CallOptions): Promise<void> {
    return this.#call('resetSandbox', {}, options, () => undefined);
  }

  /**
   * Pulls until nothing is ready, and gives each contact in turn. A contact is done when its
   * `handler` has resolved or, without one, when the next contact is asked for. What was pulled and
   * is not done comes first the next time: from this object, or from any process with the same
   * `store`; one loop at a time. So none is lost, and none comes twice unless the process ends
   * between the end of its handler and the write of the store: let the handler pass over an
   * `action_id` that it knows. Contacts that are collected to be stored together count as done
   * before they are: take `pulls` for that.
   */
  contacts(options: ContactsOptions = {}): AsyncGenerator<Contact, void, undefined> {
    return eachContact(this.#puller, { ...options, store: options.store ?? this.#store });
  }

  /**
   * The same by whole pulls: one is done when the next is asked for, so store its contacts before.
   * The last may be empty.
   */
  pulls(options: PullsOptions = {}): AsyncGenerator<Pull, void, undefined> {
    return eachPull(this.#puller, { ...options, store: options.store ?? this.#store });
  }
}
