import { Button } from '@mantine/core';
import type { WaitingLead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';
import { DiscardLeads } from './DiscardLeads.tsx';
import { ReleaseLeads } from './ReleaseLeads.tsx';

/** What is to be done with which leads: those at the press, since they leave the list meanwhile. */
export interface BulkAct {
  readonly act: 'release' | 'discard';
  readonly rows: readonly WaitingLead[];
  /** Takes the selection away. */
  readonly clear: () => void;
}

interface BulkButtonsProps extends Pick<BulkAct, 'rows' | 'clear'> {
  readonly onAsk: (asked: BulkAct) => void;
}

/** What can be done with the leads that are selected. */
export function BulkButtons({ onAsk, ...selection }: BulkButtonsProps) {
  const texts = useTexts().many;
  return (
    <>
      <Button onClick={() => onAsk({ act: 'release', ...selection })}>{texts.release}</Button>
      <Button variant="light" color="red" onClick={() => onAsk({ act: 'discard', ...selection })}>
        {texts.discard}
      </Button>
    </>
  );
}

interface BulkDialogProps {
  readonly asked: BulkAct;
  readonly onClose: () => void;
}

/** The dialog of an act; apart from the buttons, which leave with the rows. */
export function BulkDialog({ asked: { act, rows, clear }, onClose }: BulkDialogProps) {
  return act === 'release' ? (
    <ReleaseLeads rows={rows} onClose={onClose} onDone={clear} />
  ) : (
    <DiscardLeads ids={rows.map(({ id }) => id)} onClose={onClose} onDone={clear} />
  );
}
