import { isDeepStrictEqual } from 'node:util';
import type { Kysely, Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { writeAudit } from '../store/audit.ts';
import {
  advanceImport,
  findImport,
  findImportById,
  finishImport,
  type Import,
  insertImport,
  lockImport,
  type WaitingLead,
  waitingLeads,
} from '../store/imports.ts';
import { findSource, rememberColumns, type Source } from '../store/sources.ts';
import { admitRows, batches, type Verdict } from './admitRows.ts';
import type { ImportPlan } from './file/planImport.ts';
import type { Row } from './file/rowFile.ts';
import { inTransaction } from './inTransaction.ts';

export interface ImportOptions {
  /** Who imports: `command:<name>`, `staff:<id>`. */
  readonly by: string;
  /** Hears of each row, in order, once its batch is stored. */
  readonly onRow?: (verdict: Verdict) => Promise<void> | void;
  /**
   * Is given, once all rows are stored, each row that waits in quarantine, in order: those stored
   * before the import was broken off too. The import ends when it has taken the last of them.
   */
  readonly onWaiting?: (row: Row, lead: WaitingLead) => Promise<void> | void;
  /** The import that is to go on; where that was undone meanwhile, the file is not begun anew. */
  readonly begun?: number;
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
 * never imported twice unless the first import was undone: it fails with ImportedBefore. Rules of
 * the source that change meanwhile hold for the next batch.
 */
export async function importFile(
  { db }: CrmDatabase,
  source: Source,
  plan: ImportPlan,
  { by, onRow, onWaiting, begun: id }: ImportOptions,
): Promise<Imported> {
  const begun = await inTransaction(db, (trx) =>
    id === undefined ? beginImport(trx, source, plan, by) : findImportById(trx, id),
  );
  if (begun === undefined || begun.state === 'undone') throw new ImportTaken(id ?? 0);
  if (begun.state === 'done') throw new ImportedBefore(begun);
  if (!isDeepStrictEqual(begun.columns, plan.mapping)) throw new ImportReadOtherwise(begun.id);
  let { position } = begun;
  for await (const batch of batches(plan.file.rows(position + 1))) {
    for (let rest = batch; rest.length > 0; ) {
      const verdicts = await inTransaction(db, async (trx) => {
        await assertOurs(trx, begun.id, position);
        const current = (await findSource(trx, source.nom)) ?? source;
        const stored = await admitRows(trx, current, plan, rest, begun.id);
        await advanceImport(trx, begun.id, {
          position: stored.at(-1)?.row.line ?? position,
          repeated: stored.filter(({ admission }) => admission.repeated).length,
        });
        return stored;
      });
      position = verdicts.at(-1)?.row.line ?? position;
      rest = rest.slice(verdicts.length);
      for (const verdict of verdicts) await onRow?.(verdict);
    }
  }
  if (onWaiting) await tellWaiting(db, begun.id, plan, onWaiting);
  await inTransaction(db, async (trx) => {
    await assertOurs(trx, begun.id, position);
    await finishImport(trx, begun.id);
  });
  return { import: begun.id, resumedAfter: begun.position };
}

/** Tells the rows of an import whose leads wait, in order, by their lines. */
export async function tellWaiting(
  db: Kysely<Crm>,
  id: number,
  { file }: ImportPlan,
  onWaiting: NonNullable<ImportOptions['onWaiting']>,
): Promise<void> {
  const leads = waitingLeads(db, id);
  let next = await leads.next();
  if (next.done) return;
  for await (const row of file.rows(next.value.line)) {
    if (row.line !== next.value.line) continue;
    await onWaiting(row, next.value);
    next = await leads.next();
    if (next.done) return;
  }
}

/**
 * Begins an import, or finds the one of the same file. What was said of its columns is remembered from
 * now on, so that it is read alike when it goes on.
 */
export async function beginImport(
  trx: Transaction<Crm>,
  source: Source,
  { name, hash, mapping, chosen }: ImportPlan,
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
    await rememberColumns(trx, source.id, chosen);
  }
  return found;
}

/** Somebody else may go on with the same import, or undo it, at the same time: one of us stops. */
async function assertOurs(trx: Transaction<Crm>, id: number, position: number): Promise<void> {
  const current = await lockImport(trx, id);
  if (current?.state === 'running' && current.position === position) return;
  throw new ImportTaken(id);
}

/** An import was broken off, and is given again with other meanings of its columns. */
export class ImportReadOtherwise extends Error {
  constructor(id: number) {
    super(
      `Import ${id} of this file was broken off, and its columns meant something else then: give it the same --map, or take it back with "relais import undo ${id}" first.`,
    );
    this.name = 'ImportReadOtherwise';
  }
}

/** Another process has gone on with an import, or has undone it. */
export class ImportTaken extends Error {
  constructor(id: number) {
    super(`Import ${id} is under way elsewhere, or was undone: see "relais import list".`);
    this.name = 'ImportTaken';
  }
}
