import { Button, Stack } from '@mantine/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import type { List } from '../../api/useList.ts';
import { ErrorState } from '../ErrorState.tsx';
import { useComponentTexts } from '../useComponentTexts.ts';
import { type Column, type RowId, shownColumns } from './column.ts';
import classes from './DataTable.module.css';
import { Footer } from './Footer.tsx';
import { HeaderRow } from './HeaderRow.tsx';
import { Rows } from './Rows.tsx';
import { SkeletonRows } from './SkeletonRows.tsx';
import { usePlace } from './usePlace.ts';
import { useRowKeys } from './useRowKeys.ts';
import { useSwitchedColumns } from './useSwitchedColumns.ts';

export interface DataTableProps<Row> {
  /** Under which its columns are remembered, and what it is for screen readers. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly list: List<Row>;
  readonly rowId: (row: Row) => RowId;
  /** What a row is called, for screen readers: the name of the contact. */
  readonly rowLabel: (row: Row) => string;
  /** What Enter and a click do. */
  readonly onOpen?: (row: Row) => void;
  /** Instead: the page that a row leads to. */
  readonly linkTo?: (row: Row) => string;
  /** The row that is open beside the table. */
  readonly openId?: RowId | undefined;
  /** Buttons for the rows that are selected; without them none can be. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode;
  /** An EmptyState: what to do next. */
  readonly empty: ReactNode;
}

/**
 * A table of a list that comes page by page. Keys: j and k or the arrows move, Enter opens, x
 * selects, n and p turn the page. On a narrow screen each row is a card. In a Page with `fill` it
 * scrolls under its header.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, columns, list, rowId, bulk, empty } = props;
  const [switched, toggleColumn] = useSwitchedColumns(name);
  const shown = useMemo(() => shownColumns(columns, switched), [columns, switched]);
  const [selected, setSelected] = useState<ReadonlySet<RowId>>(new Set());
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table, list);
  usePlace(table, list.rows !== undefined && !list.stale);

  const rows = list.rows ?? [];
  // A row that has left the page is no longer selected: nothing unseen is ever acted on.
  const chosen = rows.filter((row) => selected.has(rowId(row)));
  const toggle = (id: RowId) =>
    setSelected((current) => {
      const next = new Set(current);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const clear = () => setSelected(new Set());
  const leaveSelection = () => {
    clear();
    // What was pressed goes with the selection.
    table.current?.parentElement?.focus({ preventScroll: true });
  };
  const selection = bulk && {
    chosen: new Set(chosen.map(rowId)),
    toggle,
    toggleAll: () => (chosen.length > 0 ? clear() : setSelected(new Set(rows.map(rowId)))),
  };

  if (list.error && !list.rows) {
    return <ListFailed error={list.error} again={list.again} first={list.paging?.first} />;
  }
  return (
    <div className={classes.frame}>
      <div className={classes.scroll} tabIndex={-1} data-stale={list.stale || undefined}>
        <table ref={table} className={classes.table} aria-label={label} aria-busy={!list.rows}>
          <HeaderRow columns={shown} rows={rows.length} selection={selection} />
          <tbody>
            {list.rows ? (
              <Rows {...props} rows={rows} columns={shown} selection={selection} />
            ) : (
              <SkeletonRows columns={shown.length + (bulk ? 1 : 0)} />
            )}
          </tbody>
        </table>
        {list.rows?.length === 0 && empty}
      </div>
      <Footer
        list={list}
        columns={columns}
        switched={switched}
        toggleColumn={toggleColumn}
        selected={chosen.length}
        clear={leaveSelection}
        acts={chosen.length > 0 ? bulk?.(chosen, leaveSelection) : undefined}
      />
    </div>
  );
}

interface ListFailedProps {
  readonly error: ApiError;
  readonly again: () => void;
  /** Shows the first page, of a list that has pages. */
  readonly first: (() => void) | undefined;
}

function ListFailed({ error, again, first }: ListFailedProps) {
  const texts = useComponentTexts().table;
  return (
    <Stack gap="sm" align="flex-start">
      <ErrorState error={error} onRetry={again} />
      {first && error.parameter?.name === 'cursor' && (
        <Button variant="default" onClick={first}>
          {texts.first}
        </Button>
      )}
    </Stack>
  );
}
