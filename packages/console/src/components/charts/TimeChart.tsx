import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useFormats } from '../../texts/useFormats.ts';
import { useComponentTexts } from '../useComponentTexts.ts';
import { ChartTable } from './ChartTable.tsx';
import type { Series } from './series.ts';

const TimePlot = lazy(() => import('./TimePlot.tsx'));

interface TimeChartProps {
  /** What it shows, for the table that screen readers read. */
  readonly label: string;
  readonly series: readonly Series[];
  /** A row for each day, in order: `{ day: '2026-11-23', arrived: 12, pulled: 9 }`. */
  readonly days: readonly { readonly day: string; readonly [series: string]: string | number }[];
  readonly height?: number;
  /** True: the numbers of a day add up, and stand on each other. */
  readonly stacked?: boolean;
  /** What a click on a day does. The keyboard needs another way there, such as a link to the list. */
  readonly onDay?: (day: string) => void;
}

/** Numbers day by day. */
export function TimeChart(props: TimeChartProps) {
  const { label, series, days, height = 220, stacked = false, onDay } = props;
  const texts = useComponentTexts().chart;
  const formats = useFormats();
  const rows = days.map(
    (row): Record<string, string | number> => ({
      ...row,
      day: formats.shortDay(row.day),
    }),
  );
  return (
    <figure aria-label={label} style={{ margin: 0 }}>
      <div aria-hidden="true">
        <Suspense fallback={<Skeleton height={height} />}>
          <TimePlot
            rows={rows}
            series={series}
            height={height}
            stacked={stacked}
            onRow={
              onDay &&
              ((index) => {
                const day = days[index]?.day;
                if (day !== undefined) onDay(day);
              })
            }
          />
        </Suspense>
      </div>
      <ChartTable
        caption={label}
        titles={[texts.day, ...series.map((own) => own.label)]}
        rows={rows.map((row) => [row.day ?? '', ...series.map(({ name }) => row[name] ?? 0)])}
      />
    </figure>
  );
}
