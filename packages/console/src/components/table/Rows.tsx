import { Checkbox, UnstyledButton } from '@mantine/core';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useComponentTexts } from '../useComponentTexts.ts';
import type { Column } from './column.ts';
import classes from './DataTable.module.css';
import type { DataTableProps } from './DataTable.tsx';
import type { Selection } from './HeaderRow.tsx';

interface RowsProps<Row>
  extends Pick<DataTableProps<Row>, 'rowId' | 'rowLabel' | 'onOpen' | 'linkTo' | 'openId'> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly selection: Selection | undefined;
}

/** True for a click or key on something in the row that has a meaning of its own. */
const isOwn = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label') !== null;

export function Rows<Row>({
  columns,
  rows,
  rowId,
  rowLabel,
  onOpen,
  linkTo,
  openId,
  selection,
}: RowsProps<Row>) {
  const texts = useComponentTexts().table;
  const navigate = useNavigate();
  const open = onOpen ?? (linkTo && ((row: Row) => void navigate(linkTo(row))));
  const onKeyDown = (event: KeyboardEvent, row: Row) => {
    if (isOwn(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && open) open(row);
    else if ((event.key === 'x' || event.key === ' ') && selection) selection.toggle(rowId(row));
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, row: Row) => {
    // Marking text in a cell to copy it is not a click.
    if (isOwn(event.target) || getSelection()?.isCollapsed === false) return;
    open?.(row);
  };
  return rows.map((row, index) => {
    const id = rowId(row);
    return (
      <tr
        key={id}
        tabIndex={index === 0 ? 0 : -1}
        aria-selected={selection?.chosen.has(id)}
        data-open={id === openId || undefined}
        data-opens={open ? true : undefined}
        onKeyDown={(event) => onKeyDown(event, row)}
        onClick={(event) => onClick(event, row)}
      >
        {selection && (
          <td className={classes.check}>
            <Checkbox
              size="xs"
              aria-label={texts.select(rowLabel(row))}
              checked={selection.chosen.has(id)}
              onChange={() => selection.toggle(id)}
            />
          </td>
        )}
        {columns.map(({ id: column, title, cell, align, main }) => (
          <td key={column} data-label={title} data-align={align} data-main={main || undefined}>
            {main ? (
              <Opener to={linkTo?.(row)} onOpen={onOpen && (() => onOpen(row))}>
                {cell(row)}
              </Opener>
            ) : (
              cell(row)
            )}
          </td>
        ))}
      </tr>
    );
  });
}

interface OpenerProps {
  readonly to: string | undefined;
  readonly onOpen: (() => void) | undefined;
  readonly children: ReactNode;
}

/** The name of a row, as the link or button that opens it. Tab goes from row to row, not to it. */
function Opener({ to, onOpen, children }: OpenerProps) {
  if (to !== undefined) {
    return (
      <Link to={to} className={classes.open} tabIndex={-1}>
        {children}
      </Link>
    );
  }
  if (!onOpen) return children;
  return (
    <UnstyledButton className={classes.open} tabIndex={-1} onClick={onOpen}>
      {children}
    </UnstyledButton>
  );
}
