import type { ReactNode } from 'react';
import { useFormats } from '../../texts/useFormats.ts';
import classes from './RankedBars.module.css';

interface RankedBarsProps {
  readonly label: string;
  /** The largest first. */
  readonly rows: readonly {
    readonly id: string | number;
    readonly name: ReactNode;
    readonly count: number;
  }[];
}

/** How much each of some things has, as a list with bars: regions, programmes, sources. */
export function RankedBars({ label, rows }: RankedBarsProps) {
  const formats = useFormats();
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ol className={classes.list} aria-label={label}>
      {rows.map(({ id, name, count }) => (
        <li key={id}>
          <span className={classes.name}>{name}</span>
          <span className={classes.count}>{formats.number(count)}</span>
          <span className={classes.track} aria-hidden="true">
            <span className={classes.bar} style={{ width: `${(100 * count) / most}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
