import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isDue } from './due.ts';

/** A form is read again sooner, seconds. */
const DAY = 86_400;

/** Lets forms of a source be read on a schedule; those that are read already stay as they are. */
export async function insertForms(
  trx: Transaction<Crm>,
  source: number,
  formIds: readonly string[],
): Promise<void> {
  await sql`
    insert into meta_form (id_source, form_id)
    select ${source}::bigint, own.form_id from unnest(${formIds}::text[]) own (form_id)
    on conflict (id_source, form_id) do nothing`.execute(trx);
}

/** Lets exactly these forms of a source be read; those that were read before stay as they are. */
export async function replaceForms(
  trx: Transaction<Crm>,
  source: number,
  formIds: readonly string[],
): Promise<void> {
  await sql`
    delete from meta_form
    where meta_form.id_source = ${source}
      and meta_form.form_id <> all(${formIds}::text[])`.execute(trx);
  await insertForms(trx, source, formIds);
}

/** Lets what failed at a source be tried again now: its forms, and the leads that Meta told of. */
export async function retryNow(trx: Transaction<Crm>, source: number): Promise<void> {
  await sql`
    update meta_form set due_at = least(meta_form.due_at, clock_timestamp())
    where meta_form.id_source = ${source} and meta_form.problem is not null`.execute(trx);
  await sql`
    update meta_notice set due_at = least(meta_notice.due_at, clock_timestamp())
    where meta_notice.id_source = ${source} and meta_notice.problem is not null`.execute(trx);
}

/** The ids of the forms of a source. */
export async function listForms(db: Kysely<Crm>, source: number): Promise<string[]> {
  const forms = await db
    .selectFrom('meta_form')
    .select('meta_form.form_id')
    .where('meta_form.id_source', '=', source)
    .orderBy('meta_form.form_id')
    .execute();
  return forms.map(({ form_id }) => form_id);
}

/** A form that is to be read now. */
export interface DueForm {
  readonly formId: string;
  /** Every lead made before this time is stored; undefined before the first read. */
  readonly watermark: Date | undefined;
}

/** Takes the forms of a source whose next read is due, for one process until `leaseSeconds` pass. */
export async function takeForms(
  db: Kysely<Crm>,
  source: number,
  leaseSeconds: number,
): Promise<DueForm[]> {
  const taken = await sql<{ form_id: string; watermark: Date | null }>`
    with due as materialized (
      select meta_form.form_id from meta_form
      where meta_form.id_source = ${source} and ${isDue(sql`meta_form.due_at`, DAY)}
      for no key update skip locked
    )
    update meta_form set due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where meta_form.id_source = ${source} and meta_form.form_id in (select due.form_id from due)
    returning meta_form.form_id, meta_form.watermark`.execute(db);
  return taken.rows.map((row) => ({ formId: row.form_id, watermark: row.watermark ?? undefined }));
}

/** Notes a read to the end: every lead made before `watermark` is stored. It never moves back. */
export async function noteFormRead(
  db: Kysely<Crm>,
  source: number,
  formId: string,
  watermark: Date | undefined,
  nextInSeconds: number,
): Promise<void> {
  await sql`
    update meta_form set
      watermark = greatest(meta_form.watermark, ${watermark ?? null}::timestamptz),
      read_at = clock_timestamp(), problem = null,
      due_at = clock_timestamp() + make_interval(secs => ${nextInSeconds})
    where meta_form.id_source = ${source} and meta_form.form_id = ${formId}`.execute(db);
}

/** Notes a read that failed: the watermark stays. */
export async function noteFormFailed(
  db: Kysely<Crm>,
  source: number,
  formId: string,
  problem: string,
  nextInSeconds: number,
): Promise<void> {
  await sql`
    update meta_form set problem = ${problem},
      due_at = clock_timestamp() + make_interval(secs => ${nextInSeconds})
    where meta_form.id_source = ${source} and meta_form.form_id = ${formId}`.execute(db);
}
