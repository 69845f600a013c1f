import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** A request with what came of it, as one line on disk. Times are milliseconds since 1970. */
export interface Call {
  readonly kind: 'call';
  readonly operation: 'pullContacts' | 'readContacts' | 'getPulledContacts' | 'lead';
  readonly from: number;
  readonly to: number;
  readonly client?: string;
  /** The id of the API key. */
  readonly key?: string;
  readonly idempotencyKey?: string;
  /** What was being done to the servers while it ran. */
  readonly faults: readonly string[];
  /** unknown: no whole answer came, so it may have been served or not. */
  readonly outcome: 'ok' | 'fail' | 'unknown';
  readonly status?: number;
  /** `Error-Code`. */
  readonly code?: string;
  /** The body of an answer that is not 200. */
  readonly error?: string;
  /** A refusal that was asked for. */
  readonly expected?: string;
  readonly limit?: number;
  readonly answer?: Delivered;
  /** The pull that was asked for, with getPulledContacts. */
  readonly pullId?: string;
  /** A page of the last look at everything that a client has pulled. */
  readonly last?: true;
  readonly lead?: {
    readonly externalId: string;
    readonly outcome?: string;
    readonly action?: number;
  };
}

/** The contacts of an answer, and what is the same of all of them once. */
export interface Delivered {
  readonly pull?: string;
  readonly seq?: number;
  readonly replayed: boolean;
  readonly ids: readonly number[];
  readonly readyAt: readonly string[];
  readonly regions: readonly number[];
  readonly statuts: readonly number[];
  readonly pulledAt: readonly (string | null)[];
  readonly pulls: readonly (string | null)[];
  /** SHA-256 of the body as it came. */
  readonly digest: string;
  /** SHA-256 of its contacts, each as JSON in its own order of members. */
  readonly contents: string;
}

/** A key that was made: `keyed` says that every pull with it has an idempotency key. */
export interface KeyMade {
  readonly kind: 'key made';
  readonly key: string;
  readonly client: string;
  readonly keyed: boolean;
}

/** A key whose end has returned. */
export interface KeyEnded {
  readonly kind: 'key ended';
  readonly key: string;
  readonly to: number;
}

/** Something that must not happen was seen by the rig itself. */
export interface Noticed {
  readonly kind: 'noticed';
  readonly what: string;
}

export type Entry = Call | KeyMade | KeyEnded | Noticed;

export interface History {
  readonly path: string;
  write(entry: Entry): void;
  size(): number;
  close(): void;
}

export function openHistory(path: string): History {
  const file = openSync(path, 'w', 0o600);
  let size = 0;
  return {
    path,
    write(entry) {
      size += 1;
      writeSync(file, `${JSON.stringify(entry)}\n`);
    },
    size: () => size,
    close: () => closeSync(file),
  };
}

/** The entries of a history, in the order in which they ended, never more than a piece in memory. */
export function* readHistory(path: string): Generator<Entry> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(1024 ** 2);
    let rest = Buffer.alloc(0);
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      const known = Buffer.concat([rest, piece.subarray(0, read)]);
      const end = known.lastIndexOf(0x0a);
      rest = Buffer.from(known.subarray(end + 1));
      for (const line of known.toString('utf8', 0, Math.max(0, end)).split('\n')) {
        if (line) yield JSON.parse(line) as Entry;
      }
    }
  } finally {
    closeSync(file);
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What contacts say, whatever the white space between them. */
export const contentsOf = (contacts: readonly unknown[]): string =>
  sha256(contacts.map((contact) => JSON.stringify(contact)).join('\n'));
