import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** A text that names a programme at a source. */
export interface MappedProgramme {
  /** Folded. */
  readonly text: string;
  readonly programme_id: number;
  readonly programme_nom: string;
}

/** What names a programme at a source, by text. */
export async function listMapped(db: Kysely<Crm>, source: number): Promise<MappedProgramme[]> {
  const found = await sql<MappedProgramme>`
    select own.value as text, programme.id as programme_id, programme.nom as programme_nom
    from source_programme own join programme on programme.id = own.id_programme
    where own.id_source = ${source} order by own.value`.execute(db);
  return found.rows;
}

/** When a source was made, and until when its token before the last rotation works too. */
export async function findSourceTimes(
  db: Kysely<Crm>,
  source: number,
): Promise<{ created_at: Date; previous_token_until: Date | null }> {
  const found = await sql<{ created_at: Date; previous_token_until: Date | null }>`
    select source.created_at,
      case when source.previous_token_until > clock_timestamp()
        then source.previous_token_until end as previous_token_until
    from source where source.id = ${source}`.execute(db);
  const row = found.rows[0];
  if (!row) throw new Error(`source ${source} is gone`);
  return row;
}

/** A form that is read on a schedule, and how that goes. */
export interface FormState {
  readonly form_id: string;
  readonly watermark: Date | null;
  readonly read_at: Date | null;
  readonly problem: string | null;
}

/** How a Meta source reads its leads: its forms, and the leads that are still to be fetched. */
export async function findMetaState(
  db: Kysely<Crm>,
  source: number,
): Promise<{ forms: FormState[]; waiting: number; problem: string | null }> {
  const forms = await sql<FormState>`
    select meta_form.form_id, meta_form.watermark, meta_form.read_at, meta_form.problem
    from meta_form where meta_form.id_source = ${source} order by meta_form.form_id`.execute(db);
  const notices = await sql<{ waiting: number; problem: string | null }>`
    select count(*) as waiting,
      (array_agg(meta_notice.problem order by meta_notice.received_at)
        filter (where meta_notice.problem is not null))[1] as problem
    from meta_notice where meta_notice.id_source = ${source}`.execute(db);
  const { waiting = 0, problem = null } = notices.rows[0] ?? {};
  return { forms: forms.rows, waiting, problem };
}
