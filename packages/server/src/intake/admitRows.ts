import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { lockBatches, planAnew } from '../store/imports.ts';
import { keptLines } from '../store/keptRows.ts';
import { type Lead, lockLead } from '../store/leads.ts';
import type { Source } from '../store/sources.ts';
import { admit, admitKept, correct } from './admit.ts';
import { correctedLead, readRow } from './file/mapping.ts';
import type { ImportPlan } from './file/planImport.ts';
import type { Row } from './file/rowFile.ts';
import type { LeadDraft } from './leadDraft.ts';
import { normalise } from './normalise.ts';
import { isOtherPerson } from './otherLead.ts';
import type { Admission } from './settle.ts';

/** What has become of a row, or would. */
export interface Verdict {
  readonly row: Row;
  readonly admission: Admission;
}

/** Rows that are stored together. */
const BATCH = 200;
/**
 * Other leads of the same persons wait for as long as they take, in milliseconds. A server gives up
 * on a lock after three seconds, and this must be well below on a slow machine too.
 */
const MOST_TIME = 500;

/** The rows of a file, some at a time: as many as are stored together at the most. */
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
 * Lets rows of a file in, as leads of an import, or of none: the first ones, as many as can be
 * within the time that other leads are made to wait, and at least one. A row of an error file names
 * the lead that it was: it corrects that one where it waits, and is a repeat where it has come in
 * meanwhile. Where it was undone, is of another source, or of another person (rows that were sorted
 * without their first column, a file of another CRM database), the row is a lead like any other. What
 * stayed of the same file when it was taken back is a repeat.
 */
export async function admitRows(
  trx: Transaction<Crm>,
  source: Source,
  { columns, hash }: Pick<ImportPlan, 'columns' | 'hash'>,
  rows: readonly Row[],
  importId?: number,
): Promise<Verdict[]> {
  await lockBatches(trx);
  const verdicts: Verdict[] = [];
  const end = performance.now() + MOST_TIME;
  await planAnew(trx);
  const lines = rows.map(({ line }) => line);
  const keptBefore = await keptLines(trx, source.id, hash, lines);
  for (const row of rows) {
    if (verdicts.length > 0 && performance.now() > end) break;
    const draft = readRow(columns, row);
    const place = importId === undefined ? undefined : { import: importId, line: row.line };
    const corrected = correctedLead(columns, row);
    const lead = corrected === undefined ? undefined : await lockLead(trx, corrected);
    const kept = keptBefore.get(row.line);
    const admission =
      lead && isLeadOf(lead, source, draft)
        ? await correct(trx, source, lead, draft, place)
        : ((await admitKept(trx, source, kept, draft)) ?? (await admit(trx, source, draft, place)));
    verdicts.push({ row, admission });
  }
  return verdicts;
}

/**
 * Whether a row of a source, read as a lead, may be the one that it names. One without a name may
 * hold what was put right alone.
 */
function isLeadOf(lead: Lead, source: Source, draft: LeadDraft): boolean {
  if (lead.id_source !== source.id || lead.outcome === 'undone') return false;
  const given = normalise(draft);
  const isNamed = given.person.nom !== null || given.person.prenom !== null;
  return !(isNamed && lead.draft && isOtherPerson(normalise(lead.draft), given));
}
