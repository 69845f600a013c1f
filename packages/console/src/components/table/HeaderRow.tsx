import { Checkbox, VisuallyHidden } from '@mantine/core';
import { useComponentTexts } from '../useComponentTexts.ts';
import type { Column, RowId } from './column.ts';
import classes from './DataTable.module.css';

export interface Selection {
  readonly chosen: ReadonlySet<RowId>;
  toggle(id: RowId): void;
  toggleAll(): void;
}

interface HeaderRowProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: number;
  readonly selection: Selection | undefined;
}

export function HeaderRow<Row>({ columns, rows, selection }: HeaderRowProps<Row>) {
  const texts = useComponentTexts().table;
  const chosen = selection?.chosen.size ?? 0;
  return (
    <thead>
      <tr>
        {selection && (
          <th className={classes.check}>
            <Checkbox
              size="xs"
              aria-label={texts.selectAll}
              checked={rows > 0 && chosen === rows}
              indeterminate={chosen > 0 && chosen < rows}
              onChange={selection.toggleAll}
              disabled={rows === 0}
            />
          </th>
        )}
        {columns.map(({ id, title, align, width }) => (
          <th key={id} scope="col" data-align={align} style={width ? { width } : undefined}>
            {title || <VisuallyHidden>{id}</VisuallyHidden>}
          </th>
        ))}
      </tr>
    </thead>
  );
}
