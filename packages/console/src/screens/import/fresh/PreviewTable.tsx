import { Select, Text, Title } from '@mantine/core';
import { columnUses } from '@relais/contract';
import type { Answer } from '../../../api/call.ts';
import { useTexts } from '../useTexts.ts';
import type { ColumnUse } from './choices.ts';
import classes from './PreviewTable.module.css';
import { Verdict } from './Verdict.tsx';

interface PreviewTableProps {
  readonly preview: Answer<'previewImport'>;
  /** True while another preview is on its way. */
  readonly stale: boolean;
  readonly onUse: (title: string, use: ColumnUse) => void;
}

/** The first rows as the file has them, what each column is, and what would become of each row. */
export function PreviewTable({ preview, stale, onUse }: PreviewTableProps) {
  const { fresh: texts, uses } = useTexts();
  const { columns, items, rows, problem, earlier } = preview;
  const about = earlier?.state === 'running' ? texts.resumeAbout : texts.previewAbout;
  const options = columnUses.map((use) => ({ value: use, label: uses[use] }));
  const counts = new Map<keyof typeof texts.summary, number>();
  for (const { outcome } of items) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const summary = [...counts].map(([outcome, count]) => texts.summary[outcome](count)).join(' · ');
  return (
    <section>
      <Title order={2}>{texts.preview}</Title>
      {problem === null && items.length > 0 && (
        <Text fz="sm" c="dimmed" mb="xs" role="status">
          {about(items.length, rows)} {summary}
        </Text>
      )}
      <section
        className={classes.scroll}
        data-stale={stale || undefined}
        aria-label={texts.preview}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{texts.line}</th>
              <th>{texts.verdict}</th>
              {columns.map(({ title, use, own }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may repeat a title
                <th key={index}>
                  <bdi className={classes.title}>{title}</bdi>
                  {own ? (
                    <Text fz="xs" c="dimmed" maw="11rem">
                      {texts.own}
                    </Text>
                  ) : (
                    <Select
                      aria-label={texts.meaningOf(title)}
                      data={options}
                      value={use}
                      onChange={(next) => next && onUse(title, next)}
                      allowDeselect={false}
                      searchable
                      w="11rem"
                      comboboxProps={{ width: 220, position: 'bottom-start' }}
                    />
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.line}>
                <td>{row.line}</td>
                <td className={classes.verdict}>
                  <Verdict row={row} />
                </td>
                {columns.map(({ use }, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a file may repeat a title
                    key={index}
                    className={use === 'ignore' ? classes.ignored : undefined}
                  >
                    <bdi>{row.cells[index]}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
