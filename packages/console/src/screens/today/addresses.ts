import { periodText } from '../../lib/period.ts';

type Values = Readonly<Record<string, string | readonly (string | number)[]>>;

/** The address of a list with these filters, as its screen reads them. */
export function listAddress(path: string, filters: Values = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    for (const text of typeof value === 'string' ? [value] : value) {
      search.append(name, String(text));
    }
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** A day as the filter of time has it. */
export const oneDay = (day: string): string => periodText({ from: day, to: day });
