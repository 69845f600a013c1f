import type { ExportColumn } from '@relais/contract';

const times: ReadonlySet<ExportColumn> = new Set(['action_date', 'ready_at', 'pulled_at']);

/** A cell of an export: a text, a number, or a time of Paris such as `2026-11-23T09:00:00`. */
export type Cell =
  | { readonly text: string }
  | { readonly number: number }
  | { readonly time: string };

/** What a column's value is; undefined when it is blank. */
export function cellOf(column: ExportColumn, value: string | number | null): Cell | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'number') return { number: value };
  return times.has(column) ? { time: value } : { text: value };
}
