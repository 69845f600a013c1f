import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useComponentTexts } from './useComponentTexts.ts';

interface DialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** sm, md, lg or xl; md when left out. */
  readonly size?: string;
  readonly children: ReactNode;
}

/** A dialog over the page. What it shows is forgotten when it is closed. */
export function Dialog({ opened, onClose, title, size = 'md', children }: DialogProps) {
  const texts = useComponentTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {children}
    </Modal>
  );
}
