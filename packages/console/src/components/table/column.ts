import type { ReactNode } from 'react';

/** What a row is known by. */
export type RowId = number | string;

/** One column of a DataTable. */
export interface Column<Row> {
  /** Under which its visibility is remembered; never shown. */
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'right';
  /** The name of the row, one column: it opens the row and is the heading of its card. */
  readonly main?: boolean;
  /** True: hidden until it is asked for. */
  readonly hidden?: boolean;
  /** A CSS width; as wide as it needs when left out. */
  readonly width?: string;
}

/** The columns to show, given those that a person has shown or hidden. */
export const shownColumns = <Row>(
  columns: readonly Column<Row>[],
  switched: readonly string[],
): readonly Column<Row>[] =>
  columns.filter(({ id, main, hidden = false }) => main || hidden === switched.includes(id));
