import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import { useFormats } from '../../texts/useFormats.ts';
import { type Series, seriesColors } from './series.ts';

interface TimePlotProps {
  readonly rows: Record<string, string | number>[];
  readonly series: readonly Series[];
  readonly height: number;
  readonly stacked: boolean;
  /** A click on the row of this index. */
  readonly onRow: ((index: number) => void) | undefined;
}

/** The drawing. A default export, since the library for it is loaded when it is first needed. */
export default function TimePlot({ rows, series, height, stacked, onRow }: TimePlotProps) {
  const formats = useFormats();
  return (
    <BarChart
      h={height}
      data={rows}
      type={stacked ? 'stacked' : 'default'}
      dataKey="day"
      series={series.map(({ name, label }, index) => ({
        name,
        label,
        color: seriesColors[index % seriesColors.length] ?? 'gray',
      }))}
      valueFormatter={formats.number}
      withLegend={series.length > 1}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={24}
      // The table beneath is what the keyboard and screen readers reach.
      barChartProps={{
        accessibilityLayer: false,
        ...(onRow && {
          style: { cursor: 'pointer' },
          onClick: ({ activeTooltipIndex }) => {
            if (activeTooltipIndex != null) onRow(Number(activeTooltipIndex));
          },
        }),
      }}
      barProps={{ radius: stacked ? 0 : [3, 3, 0, 0], isAnimationActive: false }}
      yAxisProps={{ width: 40, allowDecimals: false }}
      xAxisProps={{ minTickGap: 24, interval: 'equidistantPreserveStart' }}
    />
  );
}
