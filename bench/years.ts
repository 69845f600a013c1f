import type { Connection } from '../packages/server/src/db/pool.ts';
import { PROGRAMMES, PULLED } from './seed.ts';

/** How many contacts one pull has handed out. */
const PER_PULL = 20;

/** What years of work leave behind; everything is spread evenly over the last three years. */
export interface Years {
  /** Actions that were pulled, each of a prospect and from a lead of its own. */
  readonly pulled: number;
  /** The key that pulled them, and its client. */
  readonly key: string;
  readonly client: number;
  readonly audit: number;
}

/** Once in so many persons: a name that is rare, and one that is not common. */
export const RARE = { nom: 'Zwingelstein', each: 20_000 };
export const SELDOM = { nom: 'Lampedusa', each: 500 };

/**
 * Adds pulled actions behind the `offset` that there are, with their persons, leads, pulls and
 * statut changes, and an audit. Triggers are off: `texts` writes what is searched.
 */
export async function addYears(connection: Connection, offset: number, years: Years) {
  const { pulled, key, client, audit } = years;
  const last = offset + pulled;
  const at = (share: string) => `now() - (1 - ${share}) * interval '1095 days'`;
  await connection.query(`
    insert into prospect (id, civilite, nom, prenom, telephone, email, code_postal, ville, pays)
    select n, 'M.', case when n % ${RARE.each} = 0 then '${RARE.nom}'
        when n % ${SELDOM.each} = 0 then '${SELDOM.nom}'
        else (array['Lefebvre', 'Moreau', 'Garnier', 'Rousseau', 'Fontaine', 'Chevalier'])[1 + n % 6]
      end,
      (array['Camille', 'Jean-Baptiste', 'Amélie', 'Nicolas', 'Françoise'])[1 + n % 5],
      '+336' || lpad((n * 31 % 100000000)::text, 8, '0'),
      'prenom.nom.' || n || '@exemple-messagerie.fr', '47300', 'Villeneuve-sur-Lot', 'France'
    from generate_series(${offset + 1}::bigint, ${last}) n`);
  await connection.query(`
    insert into prospect_identity (value, id_prospect)
    select own.value, prospect.id from prospect
    cross join lateral (values (prospect.email), (prospect.telephone)) own (value)
    where prospect.id > ${offset} on conflict do nothing`);
  await connection.query(`
    insert into pull (id, id_client, id_key, seq, pulled_at, contacts, request, id_statut_ready,
      id_statut_pulled, answer_written_at)
    select md5(n::text)::uuid, ${client}, '${key}', n, own.at, ${PER_PULL}, '{}', 1, ${PULLED},
      case when n % 100 > 0 then own.at end
    from generate_series(1::bigint, ${Math.ceil(pulled / PER_PULL)}) n
    cross join lateral (select ${at(`n / ${pulled / PER_PULL}.0`)} as at) own`);
  await connection.query(`
    insert into action (id, id_prospect, id_programme, id_region, id_statut, id_origine,
      created_at, ready_at, pulled_at, id_client, id_pull, commentaire, source_reference)
    select n, n, programme.id, programme.id_region, ${PULLED}, 1, own.at - interval '1 day',
      own.at - interval '1 day', own.at, ${client},
      md5(((n - ${offset} - 1) / ${PER_PULL} + 1)::text)::uuid,
      'Je souhaite recevoir la brochure et être rappelé en fin de journée, dossier ' || n || '.',
      md5(n::text)
    from generate_series(${offset + 1}::bigint, ${last}) n
    cross join lateral (select ${at(`(n - ${offset}) / ${pulled}.0`)} as at) own
    join programme on programme.id = 1 + n * 7919 % ${PROGRAMMES}`);
  await connection.query(`
    insert into pull_item (id_pull, position, id_action)
    select action.id_pull, 1 + (action.id - ${offset} - 1) % ${PER_PULL}, action.id
    from action where action.id > ${offset}`);
  await connection.query(`
    insert into source (nom, channel, environment, token_hash, id_statut, id_statut_review,
      consent_required, honeypot, rate_limit)
    select 'source-' || n, 'json', 'live', sha256(n::text::bytea), 1, 1, false, 'site_web', 60
    from generate_series(1, 5) n`);
  await connection.query(`
    insert into lead (id_source, external_id, received_at, draft, outcome, id_prospect, id_action)
    select 1 + action.id % 5, action.id::text, action.created_at, '{"consent": true}', 'accepted',
      action.id_prospect, action.id from action where action.id > ${offset}`);
  await connection.query(`
    insert into lead (id_source, external_id, received_at, draft, reasons)
    select 1 + n % 5, 'waits ' || n, now() - n * interval '1 minute', '{}',
      '[{"code": "no_contact_way"}]'
    from generate_series(1, 2000) n`);
  await connection.query(`
    insert into statut_change (id_action, at, actor, id_statut_to)
    select action.id, action.created_at, 'source:source-1', 1
    from action where action.id > ${offset}`);
  await connection.query(`
    insert into audit (at, actor, act, target)
    select ${at(`n / ${audit}.0`)}, 'staff:' || 1 + n % 20, 'prospect.read', 'prospect:' || n
    from generate_series(1, ${audit}) n`);
}

/** Writes what a search reads, as the triggers would have. */
export async function addTexts(connection: Connection): Promise<void> {
  await connection.query(`
    insert into contact_text (id_action, folded)
    select action.id, contact_text_of(prospect, action.commentaire)
    from action join prospect on prospect.id = action.id_prospect`);
}
