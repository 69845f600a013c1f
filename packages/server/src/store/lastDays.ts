import { type RawBuilder, sql } from 'kysely';

/** When the last so many days of Paris began, today included: what every figure and list begins with. */
export const beginOfLast = (days: number): RawBuilder<Date> => sql<Date>`
  (((now() at time zone 'Europe/Paris')::date - ${days - 1}::int)::timestamp
    at time zone 'Europe/Paris')`;
