import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import { useFormats } from '../../texts/useFormats.ts';
import { type Series, seriesColors } from './series.ts';

interface TimePlotProps {
  readonly rows: Record<string, string | number>[];
  readonly series: readonly Series[];
  readonly height: number;
}

/** The drawing. A default export, since the library for it is loaded when it is first needed. */
export default function TimePlot({ rows, series, height }: TimePlotProps) {
  const formats = useFormats();
  return (
    <BarChart
      h={height}
      data={rows}
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
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ radius: [3, 3, 0, 0], isAnimationActive: false }}
      yAxisProps={{ width: 40, allowDecimals: false }}
      xAxisProps={{ minTickGap: 24 }}
    />
  );
}
