import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { lockBatches } from '../store/imports.ts';
import { lockLead } from '../store/leads.ts';
import type { Source } from '../store/sources.ts';
import { type Admission, admit, readmit } from './admit.ts';
import { correctedLead, readRow } from './file/mapping.ts';
import type { ImportPlan } from './file/planImport.ts';
import type { Row } from './file/rowFile.ts';

/** What has become of a row, or would. */
export interface Verdict {
  readonly row: Row;
  readonly admission: Admission;
}

/** Rows that are stored together. Other leads of the same persons wait for as long as they take. */
const BATCH = 200;

/** The rows of a file, some at a time. */
export async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/**
 * Lets rows of a file in, as leads of an import, or of none. A row of an error file corrects the
 * lead that it was, where that still waits; otherwise it is a lead like any other.
 */
export async function admitRows(
  trx: Transaction<Crm>,
  source: Source,
  { columns }: Pick<ImportPlan, 'columns'>,
  rows: readonly Row[],
  importId?: number,
): Promise<Verdict[]> {
  await lockBatches(trx);
  const verdicts: Verdict[] = [];
  for (const row of rows) {
    const draft = readRow(columns, row);
    const place = importId === undefined ? undefined : { import: importId, line: row.line };
    const corrected = correctedLead(columns, row);
    const waiting = corrected === undefined ? undefined : await lockLead(trx, corrected);
    const corrects = waiting?.id_source === source.id && waiting.outcome === 'quarantined';
    const admission = corrects
      ? await readmit(trx, source, waiting.id, { ...waiting.draft, ...draft }, { row: place })
      : await admit(trx, source, draft, place);
    verdicts.push({ row, admission });
  }
  return verdicts;
}
