import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { HeldPage } from './HeldPage.tsx';
import { useOpenDialog } from './openDialogs.ts';
import { useComponentTexts } from './useComponentTexts.ts';

/** A name of one long word is broken, not cut. */
const BROKEN = { overflowWrap: 'anywhere' } as const;

const STAYS = () => {};

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** sm, md, lg or xl; md when left out. */
  readonly size?: string;
  /** True: only its own button closes it, for what is shown once. */
  readonly insists?: boolean;
  /** True: nothing closes it, until there is an answer to what it has sent. */
  readonly pending?: boolean;
  readonly children: ReactNode;
}

/** A dialog over the page. What it shows is forgotten when it is closed. */
export function Dialog({
  opened,
  onClose,
  title,
  size = 'md',
  insists = false,
  pending = false,
  children,
}: DialogProps) {
  const texts = useComponentTexts();
  useOpenDialog(opened);
  return (
    <>
      {opened && (insists || pending) && <HeldPage />}
      <Modal
        opened={opened}
        onClose={pending ? STAYS : onClose}
        title={title}
        size={size}
        closeOnEscape={!insists}
        closeOnClickOutside={!insists}
        withCloseButton={!insists}
        styles={{ title: BROKEN, body: BROKEN }}
        closeButtonProps={{ 'aria-label': texts.close, 'aria-disabled': pending }}
      >
        {children}
      </Modal>
    </>
  );
}
