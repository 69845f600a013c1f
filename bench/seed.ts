import { type Connection, connect } from '../packages/server/src/db/pool.ts';

/** The regions of a database; each has ten programmes. */
export const REGIONS = 100;
/** The two regions whose contacts became ready last. */
export const BEHIND = [REGIONS - 1, REGIONS];

/** Statuts: `FRONT` is the queue behind which `BEHIND` waits, `EVERYWHERE` one of all regions. */
export const FRONT = 1;
export const PULLED = 2;
export const EVERYWHERE = 3;

/** How many actions a database holds, and in which queue. */
export interface Plan {
  /** Ready in `FRONT` in all regions but `BEHIND`, older than what is there. */
  readonly front: number;
  /** Ready in `FRONT` in the regions `BEHIND`, after all the others. */
  readonly behind: number;
  /** Ready in `EVERYWHERE`, in all regions. */
  readonly everywhere: number;
}

/**
 * Fills an empty CRM database with ready actions, each of a prospect of its own, and with what
 * `more` adds. Needs a superuser's URL: foreign keys are not checked and indexes are made afterwards.
 */
export async function seed(
  url: string,
  plan: Plan,
  more: (connection: Connection) => Promise<void> = async () => {},
): Promise<void> {
  const [first, second] = await Promise.all([connect(url), connect(url)]);
  try {
    for (const connection of [first, second]) {
      await connection.query('set session_replication_role = replica');
      await connection.query('set synchronous_commit = off');
      await connection.query(`set maintenance_work_mem = '128MB'`);
    }
    await first.query(lists);
    const indexes: string[] = [];
    for (const table of ['action', 'contact_text', 'lead']) {
      indexes.push(...(await dropIndexes(first, table)));
    }
    const total = plan.front + plan.behind + plan.everywhere;
    await Promise.all([second.query(prospects(total)), addActions(first, plan)]);
    await more(first);
    const half = Math.ceil(indexes.length / 2);
    await Promise.all([
      first.query(indexes.slice(0, half).join(';')),
      second.query(indexes.slice(half).join(';')),
    ]);
    // The benchmark vacuums where it says so, and nothing else does while something is measured.
    for (const table of ['action', 'prospect', 'pull', 'pull_item', 'client']) {
      await first.query(`alter table ${table} set (autovacuum_enabled = off)`);
    }
    await first.query('vacuum (analyze)');
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

const lists = `
  insert into region (nom) select 'Région ' || n from generate_series(1, ${REGIONS}) n;
  insert into programme (id_region, nom, ville)
    select region.id, 'Les Jardins de la Vallée ' || region.id || '-' || n, 'Saint-Germain-en-Laye'
    from region, generate_series(1, 10) n;
  insert into statut (id, designation) values (${FRONT}, 'À transmettre'), (${PULLED}, 'Transmis'),
    (${EVERYWHERE}, 'À transmettre partout');
  insert into origine (designation) values ('Website form'), ('Portal'), ('Phone call');
  insert into type_contact (designation) values ('Inbound Lead'), ('Newsletter');
  insert into type_action (designation) values ('Contact request'), ('Brochure request');`;

/** Drops what indexes of a table no constraint needs; gives the statements that make them again. */
async function dropIndexes(connection: Connection, table: string): Promise<string[]> {
  const found = await connection.query<{ name: string; definition: string }>(
    `select index.indexrelid::regclass::text as name,
       pg_get_indexdef(index.indexrelid) as definition
     from pg_index index
     where index.indrelid = $1::regclass and not exists (
       select from pg_constraint own where own.conindid = index.indexrelid)`,
    [table],
  );
  for (const { name } of found.rows) await connection.query(`drop index ${name}`);
  return found.rows.map(({ definition }) => definition);
}

const prospects = (count: number) => `
  insert into prospect (id, civilite, nom, prenom, telephone, email, code_postal, ville, pays)
  select n, case n % 2 when 0 then 'Mme' else 'M.' end,
    (array['Lefebvre', 'Moreau', 'Garnier', 'Rousseau', 'Fontaine', 'Chevalier'])[1 + n % 6],
    (array['Camille', 'Jean-Baptiste', 'Amélie', 'Nicolas', 'Françoise'])[1 + n % 5],
    '+336' || lpad((n * 31 % 100000000)::text, 8, '0'),
    'prenom.nom.' || n || '@exemple-messagerie.fr',
    lpad((n % 95000 + 1000)::text, 5, '0'), 'Villeneuve-sur-Lot', 'France'
  from generate_series(1::bigint, ${count}) n`;

async function addActions(connection: Connection, plan: Plan): Promise<void> {
  const { front, behind, everywhere } = plan;
  const others = REGIONS - BEHIND.length;
  await connection.query(actions(FRONT, 0, front, 60, `1 + n * 7919 % ${others}`));
  await connection.query(actions(FRONT, front, behind, 1, `${others + 1} + n % ${BEHIND.length}`));
  await connection.query(
    actions(EVERYWHERE, front + behind, everywhere, 60, `1 + n * 7919 % ${REGIONS}`),
  );
}

/** Ready actions of the prospects after `offset`, one by one over the last days before today. */
const actions = (statut: number, offset: number, count: number, days: number, region: string) => `
  insert into action (id, id_prospect, id_programme, id_region, id_statut, id_origine,
    id_type_contact, id_type_action, created_at, ready_at, commentaire, source_reference,
    utm_source, utm_medium, utm_campaign)
  select ${offset} + n, ${offset} + n, (place.region - 1) * 10 + 1 + n / 7 % 10, place.region,
    ${statut}, 1 + n % 3, 1 + n % 2, 1 + n / 2 % 2, place.at - interval '5 minutes', place.at,
    'Je souhaite recevoir la brochure et être rappelé en fin de journée, dossier ' || n || '.',
    md5(n::text), 'google', 'cpc', 'programmes-neufs-2026'
  from generate_series(1::bigint, ${count}) n
  cross join lateral (
    select ${region} as region,
      date_trunc('day', now()) + (n - ${count}) * ${(days * 86_400) / Math.max(count, 1)}
        * interval '1 second' as at
  ) place`;
