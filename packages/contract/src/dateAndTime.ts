import { z } from 'zod';

const rule = 'must be a date and time such as 2026-11-23T08:00:00Z';

/** A date and time as ISO 8601 writes it, which PostgreSQL can hold. */
export const dateAndTime = z.iso.datetime({ offset: true, error: rule }).refine((text) => {
  // In UTC. PostgreSQL has no year 0, and ISO 8601 has four digits for a year.
  const time = Date.parse(text);
  return time >= Date.UTC(1000, 0) && time < Date.UTC(10_000, 0);
}, `${rule}, from the year 1000 to 9999`);
