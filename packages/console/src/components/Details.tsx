import { Drawer, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useIsBeneathDialog } from './openDialogs.ts';
import { useComponentTexts } from './useComponentTexts.ts';

interface DetailsProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A record beside its list. Escape and the back button close it, focus goes back to the list. */
export function Details({ opened, onClose, title, about, actions, children }: DetailsProps) {
  const texts = useComponentTexts();
  const isBeneathDialog = useIsBeneathDialog();
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      closeOnEscape={!isBeneathDialog}
      position="right"
      size="lg"
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <Drawer.Header>
          <div style={{ minWidth: 0 }}>
            <Drawer.Title>
              <Title order={2} component="span" fz="lg" style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Title>
            </Drawer.Title>
            {about && (
              <Text c="dimmed" fz="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
                {about}
              </Text>
            )}
          </div>
          <Group gap={4} wrap="nowrap">
            {actions}
            <Drawer.CloseButton aria-label={texts.close} />
          </Group>
        </Drawer.Header>
        <Drawer.Body style={{ overflowWrap: 'anywhere' }}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
