import { plural } from '../text/plural.ts';

/** What the doctor has found of one thing, in a sentence, and what is to be done about it. */
export interface Finding {
  /** `ok`; `warning`: look at it; `fault`: it has to be mended. */
  readonly level: 'ok' | 'warning' | 'fault';
  /** What it is about: `server`, `PostgreSQL`, `PostgreSQL of <CRM databases>`, `catalog`, or the name of a CRM database. */
  readonly about: string;
  readonly what: string;
  readonly remedy?: string;
}

/** Writes findings about one thing. */
export const findingsOf = (about: string) => ({
  ok: (what: string): Finding => ({ level: 'ok', about, what }),
  warning: (what: string, remedy: string): Finding => ({ level: 'warning', about, what, remedy }),
  fault: (what: string, remedy: string): Finding => ({ level: 'fault', about, what, remedy }),
});

/** A duration as people say it: `3 days`, `5 hours`, `40 seconds`. */
export function lasting(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const unit = units.find(([, length]) => seconds >= 2 * length);
  return unit
    ? plural(Math.floor(seconds / unit[1]), unit[0])
    : plural(Math.round(seconds), 'second');
}
