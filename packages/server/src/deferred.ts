import type { CrmDatabase } from './databases.ts';
import { recordUse } from './store/keys.ts';
import { markWritten } from './store/pulls.ts';

const WRITTEN_EVERY = 250;
const USES_EVERY = 5_000;
/** A key's use is written at most this often, milliseconds. */
const USE_GRANULARITY = 60_000;

/**
 * Small facts that are noted after the answer, many in one statement: which pulls were written
 * whole to their sockets, and when keys were last used. Losing some in a crash is harmless: the
 * pull then counts as uncertain, which is what it is.
 */
export interface Deferred {
  written(database: CrmDatabase, pull: string): void;
  used(database: CrmDatabase, key: string, address: string, operation: string): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

type Use = { id: string; at: Date; address: string; operation: string };

export function createDeferred(onFailure: (error: unknown) => void): Deferred {
  const written = new Map<CrmDatabase, Set<string>>();
  const uses = new Map<CrmDatabase, Map<string, Use>>();
  const lastWrite = new Map<string, number>();

  const flushWritten = async () => {
    const batches = [...written];
    written.clear();
    for (const [database, ids] of batches) await markWritten(database.db, [...ids]);
  };

  const flushUses = async (all: boolean) => {
    const now = Date.now();
    for (const [database, byKey] of uses) {
      const due = [...byKey.values()].filter(
        (use) => all || now - (lastWrite.get(use.id) ?? 0) >= USE_GRANULARITY,
      );
      if (due.length === 0) continue;
      for (const use of due) {
        byKey.delete(use.id);
        lastWrite.set(use.id, now);
      }
      await recordUse(database.db, due);
    }
  };

  const timers = [
    setInterval(() => flushWritten().catch(onFailure), WRITTEN_EVERY).unref(),
    setInterval(() => flushUses(false).catch(onFailure), USES_EVERY).unref(),
  ];

  return {
    written(database, pull) {
      const ids = written.get(database) ?? new Set();
      written.set(database, ids.add(pull));
    },
    used(database, key, address, operation) {
      const byKey = uses.get(database) ?? new Map<string, Use>();
      uses.set(database, byKey.set(key, { id: key, at: new Date(), address, operation }));
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await flushWritten().catch(onFailure);
      await flushUses(true).catch(onFailure);
    },
  };
}
