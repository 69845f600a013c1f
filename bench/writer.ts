import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../packages/server/src/db/pool.ts';
import { QUALIFY, READY } from './seed.ts';

/** Somebody else who writes to a CRM database, past every server. */
export interface Writer {
  /**
   * Brings a lead for a region, as intake does, makes it ready and corrects the person whose contact
   * is ready longest there, as an operator does.
   */
  write(region: number): Promise<void>;
  /** Does so some times a second, for one region after another, until the returned is called. */
  start(perSecond: number, regions: readonly number[]): () => Promise<void>;
}

export async function openWriter(url: string, cleanup: AsyncDisposableStack): Promise<Writer> {
  const connection = await connect(url);
  cleanup.defer(() => connection.end());
  await connection.query('set synchronous_commit = off');
  let written = 0;
  const write = async (region: number) => {
    written += 1;
    const made = await connection.query<{ id: number }>(
      `with person as (
         insert into prospect (nom, prenom, email)
         values ('Marchand', 'Lucie', 'writer.' || $1::text || '@example.com') returning id
       ), made as (
         insert into action (id_prospect, id_programme, id_region, id_statut, commentaire)
         select person.id, ($2::bigint - 1) * 10 + 1, $2::bigint, ${QUALIFY}, 'Merci de me rappeler.'
         from person returning id
       ), noted as (
         insert into statut_change (id_action, actor, id_statut_to)
         select made.id, 'source:bench', ${QUALIFY} from made
       )
       select made.id from made`,
      [written, region],
    );
    await connection.query(
      `with changed as (
         update action set id_statut = ${READY}, ready_at = clock_timestamp(),
           version = action.version + 1
         where action.id = $1 returning id
       )
       insert into statut_change (id_action, actor, id_statut_from, id_statut_to)
       select changed.id, 'staff:1', ${QUALIFY}, ${READY} from changed`,
      [made.rows[0]?.id],
    );
    await connection.query(
      `update prospect set prenom = 'Lucie ' || $1::text where prospect.id = (
         select action.id_prospect from action
         where action.id_statut = ${READY} and action.id_region = $2::bigint
         order by action.ready_at, action.id limit 1)`,
      [written, region],
    );
  };
  return {
    write,
    start(perSecond, regions) {
      let stopped = false;
      const work = (async () => {
        for (let turn = 0; !stopped; turn += 1) {
          await write(regions[turn % regions.length] ?? 1);
          await delay(1000 / perSecond);
        }
      })();
      return async () => {
        stopped = true;
        await work;
      };
    },
  };
}
