import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { List } from '../../api/useList.ts';
import { type Shortcut, useShortcuts } from '../../lib/useShortcuts.ts';
import { useComponentTexts } from '../useComponentTexts.ts';

/** Moves the focus by so many rows, from the one that has it; into the table when none has. */
function move(table: HTMLTableElement | null, by: number): void {
  const rows = [...(table?.tBodies[0]?.rows ?? [])].filter((row) => row.tabIndex !== undefined);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
  for (const row of rows) row.tabIndex = row === next ? 0 : -1;
  next?.focus();
}

/** The keys of a table: they hold on the whole page, as there is one main table on it. */
export function useRowKeys(
  table: RefObject<HTMLTableElement | null>,
  list: Pick<List<unknown>, 'next' | 'paging'>,
): void {
  const { keys } = useComponentTexts().table;
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const down = () => move(table.current, 1);
    const up = () => move(table.current, -1);
    return [
      { keys: 'j', text: keys.next, repeats: true, run: down },
      { keys: 'ArrowDown', text: keys.next, repeats: true, run: down },
      { keys: 'k', text: keys.previous, repeats: true, run: up },
      { keys: 'ArrowUp', text: keys.previous, repeats: true, run: up },
      {
        keys: 'n',
        text: keys.nextPage,
        run: () => {
          const { next, paging } = latest.current;
          if (next !== null) paging?.next(next);
        },
      },
      {
        keys: 'p',
        text: keys.previousPage,
        run: () => {
          const { paging } = latest.current;
          if (paging?.before !== 0) paging?.previous();
        },
      },
    ];
  }, [keys, table]);
  useShortcuts(shortcuts);
}
