import { ActionIcon, Button, Group, Menu, Select, Text, Tooltip } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconChevronLeft from '@tabler/icons-react/icons/IconChevronLeft';
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight';
import IconChevronsLeft from '@tabler/icons-react/icons/IconChevronsLeft';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import IconX from '@tabler/icons-react/icons/IconX';
import type { ReactNode } from 'react';
import type { List } from '../../api/useList.ts';
import { PAGE_SIZES } from '../../lib/paging.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useComponentTexts } from '../useComponentTexts.ts';
import { useErrorText } from '../useErrorText.ts';
import { type Column, shownColumns } from './column.ts';
import classes from './DataTable.module.css';

interface FooterProps<Row> {
  readonly list: List<Row>;
  readonly columns: readonly Column<Row>[];
  readonly switched: readonly string[];
  readonly toggleColumn: (id: string) => void;
  readonly selected: number;
  readonly clear: () => void;
  readonly acts: ReactNode;
}

/**
 * Beneath a table: how many there are, whether that is of now, the pages, the columns; or what to do
 * with a selection.
 */
export function Footer<Row>(props: FooterProps<Row>) {
  const { list, selected, clear, acts } = props;
  const texts = useComponentTexts().table;
  const formats = useFormats();
  const errorText = useErrorText();
  if (selected > 0) {
    return (
      <div className={classes.footer} data-selection>
        <Group gap="xs" role="status">
          <Tooltip label={texts.unselect}>
            <ActionIcon aria-label={texts.unselect} onClick={clear}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
          <Text fz="sm" fw={500}>
            {texts.selected(selected)}
          </Text>
        </Group>
        <Group gap="xs">{acts}</Group>
      </div>
    );
  }
  const total = list.more ? texts.moreThan(formats.number(list.total)) : texts.total(list.total);
  return (
    <div className={classes.footer}>
      <Text fz="sm" c="dimmed" role="status">
        {list.rows ? total : ' '}
        {list.error && (
          <Text span inherit c="var(--mantine-color-error)">
            {` · ${texts.outdated} ${errorText(list.error).title}`}
          </Text>
        )}
      </Text>
      <Group gap="xs">
        <Columns {...props} />
        {list.paging && <Pages list={list} paging={list.paging} />}
      </Group>
    </div>
  );
}

function Columns<Row>({ columns, switched, toggleColumn }: FooterProps<Row>) {
  const texts = useComponentTexts().table;
  const shown = shownColumns(columns, switched);
  return (
    <Menu closeOnItemClick={false} position="top-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconColumns3 size={15} />}
        >
          {texts.columns}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(({ main }) => !main)
          .map((column) => (
            <Menu.Item
              key={column.id}
              role="menuitemcheckbox"
              aria-checked={shown.includes(column)}
              leftSection={
                <IconCheck size={14} opacity={shown.includes(column) ? 1 : 0} aria-hidden />
              }
              onClick={() => toggleColumn(column.id)}
            >
              {column.title}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface PagesProps {
  readonly list: Pick<List<unknown>, 'next'>;
  readonly paging: NonNullable<List<unknown>['paging']>;
}

function Pages({ list: { next }, paging }: PagesProps) {
  const texts = useComponentTexts().table;
  const { before } = paging;
  const back = before === undefined ? texts.first : texts.previous;
  return (
    <Group gap={4} wrap="nowrap">
      <Select
        aria-label={texts.pageSize}
        size="xs"
        w={76}
        data={PAGE_SIZES.map(String)}
        value={String(paging.limit)}
        onChange={(value) => value && paging.setLimit(Number(value))}
        allowDeselect={false}
        comboboxProps={{ position: 'top' }}
      />
      <Turn
        label={back}
        icon={before === undefined ? IconChevronsLeft : IconChevronLeft}
        isEnd={before === 0}
        onTurn={before === undefined ? paging.first : paging.previous}
      />
      {before !== undefined && (
        <Text fz="sm" c="dimmed" role="status">
          {texts.page(before + 1)}
        </Text>
      )}
      <Turn
        label={texts.next}
        icon={IconChevronRight}
        isEnd={next === null}
        onTurn={() => next !== null && paging.next(next)}
      />
    </Group>
  );
}

interface TurnProps {
  readonly label: string;
  readonly icon: typeof IconChevronRight;
  /** True: there is no page beyond. */
  readonly isEnd: boolean;
  readonly onTurn: () => void;
}

/** Turns the page. At the end it does nothing and yet keeps the focus: see SubmitButton. */
function Turn({ label, icon: Icon, isEnd, onTurn }: TurnProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        aria-disabled={isEnd}
        data-disabled={isEnd || undefined}
        onClick={() => !isEnd && onTurn()}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
