import { useState } from 'react';
import { remember, remembered } from '../../lib/storage.ts';

/** The columns of a table that a person has switched from what they are at first; remembered. */
export function useSwitchedColumns(table: string): [readonly string[], (id: string) => void] {
  const name = `columns.${table}`;
  const [switched, setSwitched] = useState(
    () => remembered(name)?.split(' ').filter(Boolean) ?? [],
  );
  const toggle = (id: string) => {
    const next = switched.includes(id) ? switched.filter((own) => own !== id) : [...switched, id];
    remember(name, next.join(' ') || undefined);
    setSwitched(next);
  };
  return [switched, toggle];
}
