import { CliError, exitCodes } from './faults.ts';

/** A date, or a date and time, as ISO 8601 writes them; a blank may stand for the T. */
const WHEN = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** `--since` in UTC. What names no zone is of this machine's; a date alone is its midnight. */
export function sinceOf(given: string): string {
  const [, day = '', time = '00:00', zone = ''] = WHEN.exec(given) ?? [];
  const at = new Date(`${day}T${time}${zone}`);
  if (isDay(day) && isTime(at)) return at.toISOString();
  throw new CliError(
    `--since is a date such as 2026-11-23, or 2026-11-23T08:00, not "${given}".`,
    exitCodes.usage,
  );
}

const isTime = (at: Date) => !Number.isNaN(at.getTime());

/** False for 2026-02-31, which Date takes for a day of March. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00Z`);
  return isTime(at) && at.toISOString().startsWith(day);
}
