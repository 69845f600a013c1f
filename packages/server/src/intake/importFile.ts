import type { Transaction } from 'kysely';
import type { CrmDatabase } from '../databases.ts';
import type { DB as Crm } from '../db/crm.generated.ts';
import { writeAudit } from '../store/audit.ts';
import {
  advanceImport,
  findImport,
  finishImport,
  type Import,
  insertImport,
  lockImport,
} from '../store/imports.ts';
import { rememberColumns, type Source } from '../store/sources.ts';
import { admitRows, batches, type Verdict } from './admitRows.ts';
import type { ImportPlan } from './file/planImport.ts';
import { inTransaction } from './inTransaction.ts';

export interface ImportOptions {
  /** Who imports: `command:<name>`, `staff:<id>`. */
  readonly by: string;
  /** Hears of each row, in order, once its batch is stored. */
  readonly onRow?: (verdict: Verdict) => Promise<void> | void;
}

/** An import that has ended. */
export interface Imported {
  readonly import: number;
  /** The line after which it went on; 0 when it began anew. */
  readonly resumedAfter: number;
}

/** The same file was imported into this source before, and not undone. */
export class ImportedBefore extends Error {
  readonly earlier: Import;
  constructor(earlier: Import) {
    super('this file was imported before');
    this.earlier = earlier;
  }
}

/**
 * Imports a file into a source, through the routine of every door. Rows are stored in batches, and
 * each batch with the line that it has come to, in one transaction: an import that was broken off,
 * by a crash or on purpose, is given again and goes on with the row after it. The same file is
 * never imported twice unless the first import was undone: it fails with ImportedBefore.
 */
export async function importFile(
  { db }: CrmDatabase,
  source: Source,
  plan: ImportPlan,
  { by, onRow }: ImportOptions,
): Promise<Imported> {
  const begun = await inTransaction(db, (trx) => begin(trx, source, plan, by));
  if (begun.state === 'done') throw new ImportedBefore(begun);
  let { position } = begun;
  for await (const batch of batches(plan.file.rows(position + 1))) {
    const last = batch.at(-1)?.line ?? position;
    const verdicts = await inTransaction(db, async (trx) => {
      await assertOurs(trx, begun.id, position);
      const stored = await admitRows(trx, source, plan, batch, begun.id);
      const repeated = stored.filter(({ admission }) => admission.repeated).length;
      await advanceImport(trx, begun.id, { position: last, repeated });
      return stored;
    });
    position = last;
    for (const verdict of verdicts) await onRow?.(verdict);
  }
  await inTransaction(db, async (trx) => {
    await assertOurs(trx, begun.id, position);
    await finishImport(trx, begun.id);
    await rememberColumns(trx, source.id, { ...asObject(source.columns), ...plan.mapping });
  });
  return { import: begun.id, resumedAfter: begun.position };
}

const asObject = (json: unknown): object => (typeof json === 'object' && json !== null ? json : {});

/** Begins an import, or finds the one of the same file. */
async function begin(
  trx: Transaction<Crm>,
  source: Source,
  { name, hash, mapping }: ImportPlan,
  by: string,
): Promise<Import> {
  const id = await insertImport(trx, {
    id_source: source.id,
    file_name: name,
    file_hash: hash,
    columns: mapping,
    started_by: by,
  });
  const found = await findImport(trx, source.id, hash);
  if (!found) throw new Error('an import is neither new nor known');
  if (id !== undefined) {
    const target = `import:${id}`;
    await writeAudit(trx, { actor: by, act: 'import.begin', target, detail: { file: name } });
  }
  return found;
}

/** Somebody else may go on with the same import, or undo it, at the same time: one of us stops. */
async function assertOurs(trx: Transaction<Crm>, id: number, position: number): Promise<void> {
  const current = await lockImport(trx, id);
  if (current?.state === 'running' && current.position === position) return;
  throw new ImportTaken(id);
}

/** Another process has gone on with an import, or has undone it. */
export class ImportTaken extends Error {
  constructor(id: number) {
    super(`Import ${id} is under way elsewhere, or was undone: see "relais import list".`);
    this.name = 'ImportTaken';
  }
}
