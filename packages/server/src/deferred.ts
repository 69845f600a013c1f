import { singleRun } from './concurrency/singleRun.ts';
import { refusalOf } from './failure.ts';
import type { CrmDatabase } from './installation/databases.ts';
import { recordUse } from './store/keys.ts';
import { markWritten } from './store/pulls.ts';

const WRITTEN_EVERY = 250;
const USES_EVERY = 5_000;
/** A key's use is written at most this often, milliseconds. */
const USE_GRANULARITY = 60_000;
/** A database that was busy or away is tried again so long after, milliseconds. */
const RETRY_AFTER = 5_000;
/** How much waits for one database at the most. */
const MOST_WAITING = 10_000;

/**
 * Small facts that are noted after the answer, many in one statement: which pulls were written
 * whole to their sockets, and when keys were last used. A database that is busy or away keeps its
 * notes waiting, and no other's. Losing some in a crash is harmless: the pull then counts as
 * uncertain, which is what it is.
 */
export interface Deferred {
  written(database: CrmDatabase, pull: string): void;
  used(database: CrmDatabase, key: string, address: string, operation: string): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

type Use = { id: string; at: Date; address: string; operation: string };

export function createDeferred(onFailure: (error: unknown) => void): Deferred {
  const lastWrite = new Map<string, number>();
  const written = createNotes<string>({
    write: ({ db }, ids) => markWritten(db, ids),
    onFailure,
  });
  const uses = createNotes<Use>({
    async write({ db }, due) {
      await recordUse(db, due);
      for (const { id } of due) lastWrite.set(id, Date.now());
    },
    isDue: ({ id }) => Date.now() - (lastWrite.get(id) ?? 0) >= USE_GRANULARITY,
    onFailure,
  });

  const timers = [
    setInterval(() => written.flush(), WRITTEN_EVERY).unref(),
    setInterval(() => uses.flush(), USES_EVERY).unref(),
  ];

  return {
    written(database, pull) {
      written.add(database, pull, pull);
    },
    used(database, key, address, operation) {
      uses.add(database, key, { id: key, at: new Date(), address, operation });
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await written.close();
      await uses.close();
    },
  };
}

/** What is done with notes of one kind. */
interface Kind<Note> {
  write(database: CrmDatabase, notes: readonly Note[]): Promise<void>;
  /** Whether it is time to write a note; always, if left out. */
  isDue?(note: Note): boolean;
  onFailure(error: unknown): void;
}

/** Keeps notes, the latest of each id, until they are written: those of each database by themselves. */
function createNotes<Note>({ write, isDue = () => true, onFailure }: Kind<Note>) {
  let closing = false;
  const queueOf = (database: CrmDatabase) => {
    const notes = new Map<string, Note>();
    let notBefore = 0;
    const add = (id: string, note: Note) => {
      if (notes.size < MOST_WAITING || notes.has(id)) notes.set(id, note);
    };
    const flush = singleRun(async () => {
      if (performance.now() < notBefore && !closing) return;
      const due = [...notes].filter(([, note]) => closing || isDue(note));
      if (due.length === 0) return;
      for (const [id] of due) notes.delete(id);
      try {
        await write(
          database,
          due.map(([, note]) => note),
        );
      } catch (error) {
        onFailure(error);
        // What fails by itself would fail each time.
        if (refusalOf(error)?.code !== 'unavailable') return;
        notBefore = performance.now() + RETRY_AFTER;
        for (const [id, note] of due) if (!notes.has(id)) add(id, note);
      }
    });
    return { add, flush };
  };
  const queues = new Map<CrmDatabase, ReturnType<typeof queueOf>>();
  const flush = async () => {
    await Promise.all([...queues.values()].map((queue) => queue.flush()));
  };
  return {
    add(database: CrmDatabase, id: string, note: Note) {
      const queue = queues.get(database) ?? queueOf(database);
      queues.set(database, queue);
      queue.add(id, note);
    },
    flush,
    async close() {
      closing = true;
      await flush();
    },
  };
}
