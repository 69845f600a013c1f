import { VisuallyHidden } from '@mantine/core';
import { Titles } from '../table/Titles.tsx';

interface ChartTableProps {
  readonly caption: string;
  readonly titles: readonly string[];
  /** The first of each row is its name. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a chart shows, as a table for those who do not see it. */
export function ChartTable({ caption, titles, rows }: ChartTableProps) {
  return (
    <VisuallyHidden>
      <table>
        <caption>{caption}</caption>
        <Titles titles={titles} />
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, index) => (
                <td key={titles[index + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
