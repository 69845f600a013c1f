import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { PAGE_PARAM, pageSizeOf, trailOf } from './paging.ts';
import { remember, remembered } from './storage.ts';

export interface Paging {
  readonly limit: number;
  readonly cursor: string | undefined;
  /** How many pages come before this one; undefined when the page was opened from a link. */
  readonly before: number | undefined;
  setLimit(limit: number): void;
  next(cursor: string): void;
  previous(): void;
  first(): void;
}

/** Which page of a list is shown. The cursor is in the address, the way back in its history entry. */
export function usePaging(): Paging {
  const [search, setSearch] = useSearchParams();
  const trail = trailOf(useLocation().state);
  const [limit, setLimit] = useState(() => pageSizeOf(remembered('page-size')));
  const cursor = search.get(PAGE_PARAM) ?? undefined;

  const show = (target: string | null, state: { trail: typeof trail }) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        if (target === null) next.delete(PAGE_PARAM);
        else next.set(PAGE_PARAM, target);
        return next;
      },
      { state },
    );

  return {
    limit,
    cursor,
    before: cursor === undefined ? 0 : trail.length || undefined,
    setLimit(size) {
      remember('page-size', String(size));
      setLimit(size);
      show(null, { trail: [] });
    },
    next(target) {
      // A second press while the page is on its way is not one page more.
      if (target !== cursor) show(target, { trail: [...trail, cursor ?? null] });
    },
    previous: () => show(trail.at(-1) ?? null, { trail: trail.slice(0, -1) }),
    first: () => show(null, { trail: [] }),
  };
}
