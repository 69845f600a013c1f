import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useState } from 'react';
import type { ContactFilter } from '../list/useContactFilter.ts';
import { useTexts } from '../useTexts.ts';
import { ExportForm } from './ExportForm.tsx';

export interface ExportContactsProps {
  readonly filter: ContactFilter;
  readonly total: number;
  readonly more: boolean;
  /** True: the number is that of the filter before. */
  readonly stale: boolean;
  readonly isFiltered: boolean;
  /** What is searched for is left out of the filter: the list is not what was meant. */
  readonly isTooShort: boolean;
}

/** Exports what the list shows, as a job. */
export function ExportContacts(props: ExportContactsProps) {
  const texts = useTexts().export;
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        disabled={props.total === 0 || props.stale || props.isTooShort}
        onClick={() => setOpened(true)}
      >
        {texts.button}
      </Button>
      <ExportForm {...props} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
