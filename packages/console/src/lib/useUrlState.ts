import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { PAGE_PARAM } from './paging.ts';
import { type Params, readUrl, type UrlState, writeUrl } from './urlState.ts';

/** Changes some parameters. `push` adds a step that the back button undoes. */
type SetUrlState<Shape extends Params> = (
  change: Partial<UrlState<Shape>>,
  options?: { push?: boolean; keepsPage?: boolean },
) => void;

/**
 * State that lives in the address: filters, tabs, what is open. It can be linked to and survives a
 * reload. A change leads back to the first page of the list, unless `keepsPage`. Give a shape that
 * is a constant of the module.
 */
export function useUrlState<Shape extends Params>(
  shape: Shape,
): [UrlState<Shape>, SetUrlState<Shape>] {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readUrl(shape, search), [shape, search]);
  const set = useCallback<SetUrlState<Shape>>(
    (change, { push = false, keepsPage = false } = {}) =>
      setSearch(
        (current) => {
          const next = writeUrl(shape, current, change);
          if (!keepsPage) next.delete(PAGE_PARAM);
          return next;
        },
        { replace: !push, preventScrollReset: true },
      ),
    [shape, setSearch],
  );
  return [state, set];
}
