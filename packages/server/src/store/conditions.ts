import { type RawBuilder, sql } from 'kysely';

/** All of these conditions but those that are not asked for; true where none is. */
export function allOf(
  conditions: readonly (RawBuilder<unknown> | false | '' | undefined)[],
): RawBuilder<boolean> {
  const asked = conditions.filter((condition) => typeof condition === 'object');
  return asked.length > 0 ? sql`${sql.join(asked, sql` and `)}` : sql`true`;
}
