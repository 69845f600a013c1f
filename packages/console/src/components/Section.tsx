import { Card, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly about?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen: a card with a heading. */
export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <Card withBorder component="section" radius="md" padding="md">
      <Group justify="space-between" align="flex-start" gap="xs" mb="sm" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Title order={2}>{title}</Title>
          {about && (
            <Text c="dimmed" fz="sm">
              {about}
            </Text>
          )}
        </div>
        {actions && (
          <Group gap="xs" flex="none">
            {actions}
          </Group>
        )}
      </Group>
      <div>{children}</div>
    </Card>
  );
}
