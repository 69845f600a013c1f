import { type Connection, connect } from '../packages/server/src/db/pool.ts';

/** The regions of a database; each has ten programmes. */
const REGIONS = 66;
export const PROGRAMMES = 10 * REGIONS;
/** The two regions whose contacts became ready last. */
export const BEHIND = [REGIONS - 1, REGIONS];
const others = REGIONS - BEHIND.length;
/** The first regions hold half of `Plan.front`, so that few callers too find enough to pull. */
export const BUSY_REGIONS = 8;
/** How many contacts each of the first clients has pulled. */
const PULLED_EACH = 600;

/** Statuts. */
export const READY = 1;
export const PULLED = 2;
export const QUALIFY = 3;

/** How many actions a database holds, and where. */
export interface Plan {
  /** Ready in all regions but `BEHIND`, older than what is there. */
  readonly front: number;
  /** Ready in the regions `BEHIND`, after all the others. */
  readonly behind: number;
  /** Pulled in the last 25 days, by the clients 1 to `BUSY_REGIONS` and one more. */
  readonly pulled: number;
}

/** How many clients have pulled 600 contacts before. */
export const longServed = ({ pulled }: Plan): number =>
  Math.min(BUSY_REGIONS, Math.floor(pulled / PULLED_EACH));

/** How many contacts are ready in each of the first regions, at the least. */
export const readyIn = ({ front }: Plan, regions: number): number =>
  Math.floor(front / 2 / (regions <= BUSY_REGIONS ? BUSY_REGIONS : others - BUSY_REGIONS));

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
    const total = plan.front + plan.behind + plan.pulled;
    await Promise.all([second.query(prospects(total)), addActions(first, plan)]);
    for (const table of ['prospect', 'action']) {
      await first.query(`select setval(pg_get_serial_sequence('${table}', 'id'), ${total})`);
    }
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
    from region, generate_series(1, 10) n order by region.id, n;
  insert into statut (id, designation) values (${READY}, 'À transmettre'), (${PULLED}, 'Transmis'),
    (${QUALIFY}, 'À qualifier');
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
  insert into prospect (id, civilite, nom, prenom, telephone, email, adresse, code_postal, ville, pays)
  select n, case n % 2 when 0 then 'Mme' else 'M.' end,
    (array['Lefebvre', 'Moreau', 'Garnier', 'Rousseau', 'Fontaine', 'Chevalier'])[1 + n % 6],
    (array['Camille', 'Jean-Baptiste', 'Amélie', 'Nicolas', 'Françoise'])[1 + n % 5],
    '+336' || lpad((n * 31 % 100000000)::text, 8, '0'),
    'prenom.nom.' || n || '@exemple-messagerie.fr', n % 90 || ' rue de la République',
    lpad((n % 95000 + 1000)::text, 5, '0'), 'Villeneuve-sur-Lot', 'France'
  from generate_series(1::bigint, ${count}) n`;

async function addActions(connection: Connection, plan: Plan): Promise<void> {
  const { front, behind, pulled } = plan;
  const anywhere = `case when n % 2 = 0 then 1 + n / 2 % ${BUSY_REGIONS}
    else ${BUSY_REGIONS + 1} + n / 2 % ${others - BUSY_REGIONS} end`;
  await connection.query(actions(READY, 0, front, 60, anywhere));
  await connection.query(actions(READY, front, behind, 1, `${others + 1} + n % ${BEHIND.length}`));
  const clients = longServed(plan);
  const own = clients * PULLED_EACH;
  await connection.query(
    actions(PULLED, front + behind, own, 25, `1 + n % ${clients || 1}`, 'place.region'),
  );
  await connection.query(
    actions(PULLED, front + behind + own, pulled - own, 25, anywhere, `${BUSY_REGIONS + 1}`),
  );
}

/**
 * Actions of the prospects after `offset`, one by one over the last days before today, with every
 * field filled; `client` is who has pulled them.
 */
const actions = (
  statut: number,
  offset: number,
  count: number,
  days: number,
  region: string,
  client?: string,
) => `
  insert into action (id, id_prospect, id_programme, id_region, id_statut, id_origine,
    id_type_contact, id_type_action, created_at, ready_at, pulled_at, id_client, commentaire,
    source_reference, utm_source, utm_medium, utm_campaign, utm_term, utm_content, gclid, fbclid)
  select ${offset} + n, ${offset} + n, (place.region - 1) * 10 + 1 + n / 7 % 10, place.region,
    ${statut}, 1 + n % 3, 1 + n % 2, 1 + n / 2 % 2, place.at - interval '5 minutes', place.at,
    ${client ? `place.at, ${client}` : 'null, null'},
    'Je souhaite recevoir la brochure et être rappelé en fin de journée, dossier ' || n || '.',
    md5(n::text), 'google', 'cpc', 'programmes-neufs-2026', 'appartement neuf', 'visuel-3',
    'gclid.' || md5(n::text), 'fb.1.' || n
  from generate_series(1::bigint, ${count}) n
  cross join lateral (
    select ${region} as region,
      date_trunc('day', now()) + (n - ${count}) * ${(days * 86_400) / Math.max(count, 1)}
        * interval '1 second' as at
  ) place`;
