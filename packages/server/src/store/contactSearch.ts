import { MOST_COUNTED } from '@relais/contract';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { allOf } from './conditions.ts';
import { isReady } from './keyConditions.ts';
import { type Position, positionTime } from './queue.ts';

/** A text that is searched for: what every contact found has to match. */
export interface SearchText {
  /** Fragments of the text that is searched, all of them; or none. */
  readonly words: readonly string[];
  /** Digits of a telephone: what has them is found too, without the words. */
  readonly digits: string | undefined;
  /** The id of an action or a prospect, beside either. */
  readonly id: number | undefined;
}

/** Which contacts are asked for; what is left out does not matter. */
export interface ContactFilter {
  readonly text?: SearchText | undefined;
  readonly statuts?: readonly number[] | undefined;
  readonly regions?: readonly number[] | undefined;
  readonly programmes?: readonly number[] | undefined;
  readonly sources?: readonly string[] | undefined;
  readonly clients?: readonly number[] | undefined;
  readonly pulled?: boolean | undefined;
  /** Of created_at, half-open. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export type ContactSort = 'newest' | 'oldest' | 'longest_ready';

/** What a filter finds. */
export interface Matches {
  /** No more than MOST_COUNTED, and one. */
  readonly count: number;
  /** Which they are, where they are no more than MOST_COUNTED; undefined otherwise. */
  readonly ids: readonly number[] | undefined;
}

/**
 * Finds a fragment anywhere; what LIKE reads otherwise is taken as it is typed. That is marked after
 * the folding, which makes a % of other signs too.
 */
const fragment = (text: string): RawBuilder<boolean> => sql`
  text.folded like '%' || regexp_replace(folded(${text}::text), '[\\\\%_]', '\\\\\\&', 'g') || '%'`;

const found = ({ words, digits }: SearchText): RawBuilder<boolean> => {
  const all = words.map(fragment);
  const typed = all.length > 0 ? [sql`(${sql.join(all, sql` and `)})`] : [];
  const dialled = digits === undefined ? [] : [fragment(digits)];
  const either = [...typed, ...dialled];
  return either.length > 0 ? sql`(${sql.join(either, sql` or `)})` : sql`false`;
};

/** What a filter asks of an action, but for the text. */
function conditions(filter: ContactFilter, sort: ContactSort): RawBuilder<unknown> {
  const { statuts, regions, programmes, sources, clients, pulled, from, to } = filter;
  return allOf([
    // Those of erased persons have none.
    sql`action.id_statut is not null`,
    statuts && sql`action.id_statut = any(${statuts}::bigint[])`,
    regions && sql`action.id_region = any(${regions}::bigint[])`,
    programmes && sql`action.id_programme = any(${programmes}::bigint[])`,
    clients && sql`action.id_client = any(${clients}::bigint[])`,
    sources &&
      sql`exists (
        select from lead join source on source.id = lead.id_source
        where lead.id_action = action.id and source.nom = any(${sources}::text[]))`,
    pulled !== undefined &&
      (pulled ? sql`action.pulled_at is not null` : sql`action.pulled_at is null`),
    from && sql`action.created_at >= ${from}::timestamptz`,
    to && sql`action.created_at < ${to}::timestamptz`,
    sort === 'longest_ready' && isReady(sql`action.id_statut`),
  ]);
}

/**
 * Counts what a filter finds, up to MOST_COUNTED and one. With a text the trigrams of contact_text
 * (contact_text_folded) lead to the actions; without one an index of action does: action_created
 * holds all that is filtered by, and the queues and action_pulled what is filtered by most.
 */
export async function countMatches(
  db: Kysely<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
): Promise<Matches> {
  const { text } = filter;
  const from = text
    ? sql`contact_text text join action on action.id = text.id_action`
    : sql`action`;
  const { rows } = await sql<{ id: number }>`
    select action.id from ${from}
    where ${text ? found(text) : sql`true`} and ${conditions(filter, sort)}
    limit ${MOST_COUNTED + 1}`.execute(db);
  const ids = [...new Set([...rows, ...(await ofId(db, filter, sort))].map((row) => row.id))];
  return { count: ids.length, ids: ids.length > MOST_COUNTED ? undefined : ids };
}

/** The action that has the id of the text, and those whose prospect has it. */
async function ofId(
  db: Kysely<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
): Promise<{ id: number }[]> {
  const id = filter.text?.id;
  if (id === undefined) return [];
  const own = await sql<{ id: number }>`
    select action.id from action
    where (action.id = ${id} or action.id_prospect = ${id}) and ${conditions(filter, sort)}
    limit ${MOST_COUNTED}`.execute(db);
  return own.rows;
}

const orders = {
  newest: { time: sql`action.created_at`, way: sql`desc`, beyond: sql`<` },
  oldest: { time: sql`action.created_at`, way: sql``, beyond: sql`>` },
  longest_ready: { time: sql`action.ready_at`, way: sql``, beyond: sql`>` },
};

/**
 * The places of what a filter finds, in order, from after a place on: `limit` of them and, where
 * there is more, one. Few matches are sorted; where there are many, action_created (or, for the
 * order of the queue, action_queue_region) is walked in its order until the page is full.
 */
export async function findPlaces(
  db: Kysely<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
  matches: Matches,
  limit: number,
  after: Position | undefined,
): Promise<Position[]> {
  if (matches.count === 0) return [];
  const { time, way, beyond } = orders[sort];
  const place = after
    ? sql`(${time}, action.id) ${beyond} (${after.at}::timestamptz, ${after.id}::bigint)`
    : sql`true`;
  const own = sql`
    select action.id, ${time} as at from action
    where ${place} and ${conditions(filter, sort)} and ${matching(filter, matches)}`;
  const order = sql`order by ${time} ${way}, action.id ${way} limit ${limit + 1}`;
  // A lane of the queue for each statut and region: each is read no deeper than the page.
  const lanes = sql`
    select next.id, next.at
    from (select distinct key.id_statut_ready as id from api_key key) statut
    cross join region
    cross join lateral (
      ${own} and action.id_statut = statut.id and action.id_region = region.id ${order}
    ) next
    order by next.at, next.id limit ${limit + 1}`;
  const walked = sort === 'longest_ready' && !matches.ids ? lanes : sql`${own} ${order}`;
  const { rows } = await sql<Position>`
    select ${positionTime(sql`head.at`)} as at, head.id from (${walked}) head`.execute(db);
  return rows;
}

/** What makes an action one of the matches. */
function matching({ text }: ContactFilter, { ids }: Matches): RawBuilder<unknown> {
  if (ids) return sql`action.id = any(${ids}::bigint[])`;
  if (!text) return sql`true`;
  // A value and not "exists": the planner, which takes every word for rare, would begin with the
  // text, and sort all that has it.
  const byText = sql`
    (select ${found(text)} from contact_text text where text.id_action = action.id)`;
  if (text.id === undefined) return byText;
  return sql`(action.id = ${text.id} or action.id_prospect = ${text.id} or ${byText})`;
}

/** What makes an action one that a filter finds: for work on all of them, however many. */
export function isMatch(filter: ContactFilter, sort: ContactSort): RawBuilder<boolean> {
  const { text } = filter;
  if (!text) return sql`${conditions(filter, sort)}`;
  const byText = sql`
    action.id in (select text.id_action from contact_text text where ${found(text)})`;
  const byId = sql`(action.id = ${text.id ?? null} or action.id_prospect = ${text.id ?? null})`;
  const either = text.id === undefined ? byText : sql`(${byId} or ${byText})`;
  return sql`${conditions(filter, sort)} and ${either}`;
}

/** The order of findPlaces. */
export const orderOf = (sort: ContactSort): RawBuilder<unknown> => {
  const { time, way } = orders[sort];
  return sql`${time} ${way}, action.id ${way}`;
};
