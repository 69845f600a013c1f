import { useState } from 'react';
import { remember, remembered } from '../../lib/storage.ts';

const nameOf = (table: string) => `columns.${table}`;

/** The columns of a table that the person has switched, as this browser remembers them. */
export const switchedColumns = (table: string): readonly string[] =>
  remembered(nameOf(table))?.split(' ').filter(Boolean) ?? [];

/** The columns of a table that a person has switched from what they are at first; remembered. */
export function useSwitchedColumns(table: string): [readonly string[], (id: string) => void] {
  const [switched, setSwitched] = useState(() => switchedColumns(table));
  const toggle = (id: string) => {
    const next = switched.includes(id) ? switched.filter((own) => own !== id) : [...switched, id];
    remember(nameOf(table), next.join(' ') || undefined);
    setSwitched(next);
  };
  return [switched, toggle];
}
