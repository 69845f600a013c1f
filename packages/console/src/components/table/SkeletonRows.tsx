import { Skeleton } from '@mantine/core';

const ROWS = 12;
const WIDTHS = ['70%', '45%', '60%', '35%', '55%'];
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The place of rows that are on their way. */
export function SkeletonRows({ columns }: { readonly columns: number }) {
  return numbers(ROWS).map((row) => (
    <tr key={row}>
      {numbers(columns).map((column) => (
        <td key={column}>
          <Skeleton height={10} my={6} width={WIDTHS[(row + column) % WIDTHS.length] ?? '50%'} />
        </td>
      ))}
    </tr>
  ));
}
