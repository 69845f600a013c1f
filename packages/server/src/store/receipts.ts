import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** A client that received a contact of a person. */
export interface Receipt {
  readonly client_id: number;
  readonly client_nom: string;
  readonly action_id: number;
  readonly programme_nom: string;
  readonly pull_id: string;
  readonly pull_seq: number;
  readonly pulled_at: Date;
  readonly delivery: 'written' | 'uncertain';
  readonly released_at: Date | null;
}

/** Who received what of a person and when, newest first: also what was released since. */
export async function receiptsOf(db: Kysely<Crm>, prospect: number): Promise<Receipt[]> {
  const found = await sql<Receipt>`
    select pull.id_client as client_id, client.nom as client_nom, action.id as action_id,
      programme.nom as programme_nom, pull.id as pull_id, pull.seq as pull_seq, pull.pulled_at,
      case when pull.answer_written_at is null then 'uncertain' else 'written' end as delivery,
      pull.released_at
    from action
    join programme on programme.id = action.id_programme
    join pull_item item on item.id_action = action.id
    join pull on pull.id = item.id_pull
    join client on client.id = pull.id_client
    where action.id_prospect = ${prospect}
    order by pull.pulled_at desc, action.id desc`.execute(db);
  return found.rows;
}
