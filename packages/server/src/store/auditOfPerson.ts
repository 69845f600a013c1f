import { type RawBuilder, sql } from 'kysely';

/**
 * Whether an entry of a CRM database's audit shows or touches a person: it names them, or a lead, an
 * action, a pull or an import that is theirs by now, or it is of an export that held them. What
 * stands in an entry is found by audit_detail and audit_target, never by reading the audit along.
 */
export const isOfPerson = (prospect: number): RawBuilder<boolean> => {
  const id = sql`${prospect}::bigint`;
  const leads = sql`lead where lead.id_prospect = ${id}`;
  // The rows of a file that waited went into the file of its errors, and were given out with it.
  const waited = sql`lead.id_import is not null and lead.settled_by is not null`;
  // An array of ids, not an "in" or an "or": PostgreSQL expects far more entries than there are, and
  // would read the audit along.
  return sql`audit.id = any (array(
    select own.id from audit own
    where own.detail @> any (array(
      select ${holding('prospects', id)}
      union all select ${holding('leads', sql`lead.id`)} from ${leads}
      union all select ${holding('actions', sql`action.id`)} from action
        where action.id_prospect = ${id}
      union select jsonb_build_object('import', lead.id_import) from ${leads} and ${waited}))
    union
    select own.id from audit own
    where own.target = any (array(
      select 'prospect:' || ${id}
      union all select 'lead:' || lead.id from ${leads}
      union all select 'pull:' || item.id_pull
        from action join pull_item item on item.id_action = action.id
        where action.id_prospect = ${id}
      union select 'import:' || lead.id_import from ${leads} and lead.id_import is not null))
    union
    select own.id from audit own
    where own.act in ('contacts.export', 'file.download') and own.target = any (array(
      select 'job:' || exported.id_job from exported
      where exported.prospects @> array[${id}]))))`;
};

/** What the detail of an entry holds that has this id in a list. */
const holding = (list: string, id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`jsonb_build_object(${sql.lit(list)}, jsonb_build_array(${id}))`;
