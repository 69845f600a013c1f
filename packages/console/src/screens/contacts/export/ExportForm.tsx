import { Radio, Stack, Text } from '@mantine/core';
import { type ExportColumn, exportColumns } from '@relais/contract';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useJobsPanel } from '../../../components/jobs/useOwnJobs.ts';
import { shownColumns } from '../../../components/table/column.ts';
import { switchedColumns } from '../../../components/table/useSwitchedColumns.ts';
import { type ContactColumn, TABLE, useColumns } from '../list/useColumns.tsx';
import { useTexts } from '../useTexts.ts';
import type { ExportContactsProps } from './ExportContacts.tsx';

interface ExportFormProps extends ExportContactsProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

const COUNT = Object.keys(exportColumns).length;

/** In which format, with which columns; and that personal data leaves the server. */
export function ExportForm({ filter, total, more, isFiltered, opened, onClose }: ExportFormProps) {
  const texts = useTexts();
  const panel = useJobsPanel();
  const columns = useColumns();
  const [format, setFormat] = useState<'csv' | 'xlsx'>('csv');
  const [which, setWhich] = useState<'shown' | 'all'>('shown');
  const start = useChange('exportContacts', {
    invalidates: ['listJobs'],
    tellsRefusal: false,
    onDone: () => {
      onClose();
      panel.open();
    },
  });
  return (
    <FormModal
      opened={opened}
      onClose={onClose}
      title={texts.export.title}
      verb={texts.export.submit}
      pending={start.isPending}
      error={start.error}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({
          ...filter,
          format,
          ...(which === 'shown' && { columns: exportedColumns(columns) }),
        });
      }}
    >
      <Text fz="sm">
        {texts.export.what(texts.found(total, more))}
        {!isFiltered && ` ${texts.export.everything}`}
      </Text>
      <Radio.Group
        label={texts.export.format}
        value={format}
        onChange={(value) => setFormat(value === 'xlsx' ? 'xlsx' : 'csv')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="csv" label={texts.export.csv} data-autofocus />
          <Radio value="xlsx" label={texts.export.xlsx} />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={texts.export.columns}
        value={which}
        onChange={(value) => setWhich(value === 'all' ? 'all' : 'shown')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="shown" label={texts.export.shown} />
          <Radio value="all" label={texts.export.all(COUNT)} />
        </Stack>
      </Radio.Group>
      <Text fz="sm" c="dimmed">
        {texts.export.privacy}
      </Text>
    </FormModal>
  );
}

/** What an export has for the columns that the table shows now. */
const exportedColumns = (columns: readonly ContactColumn[]): ExportColumn[] =>
  columns
    .filter((column) => shownColumns(columns, switchedColumns(TABLE)).includes(column))
    .flatMap((column) => column.exports);
