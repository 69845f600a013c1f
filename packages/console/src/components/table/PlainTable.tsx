import type { ReactNode } from 'react';
import classes from './PlainTable.module.css';
import { Titles } from './Titles.tsx';

interface PlainTableProps {
  readonly label: string;
  readonly titles: readonly string[];
  /** What this table has of its own; its rules name `tbody` where they replace those of all. */
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** A table that is read as it stands, within a page: nothing in it is chosen or sorted. */
export function PlainTable({ label, titles, className, children }: PlainTableProps) {
  return (
    <table className={`${classes.table} ${className}`} aria-label={label}>
      <Titles titles={titles} />
      <tbody>{children}</tbody>
    </table>
  );
}
