import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: TablerIcon;
  readonly title: string;
  /** Why it is empty and what to do next. */
  readonly text: ReactNode;
  /** The button that does it. */
  readonly action?: ReactNode;
}

/** What a list says when it has nothing to show: never only that it is empty. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center" role="status">
      <ThemeIcon variant="light" size={44} radius="xl" mb={4}>
        <Icon size={22} stroke={1.6} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" fz="sm" maw={420}>
        {text}
      </Text>
      {action}
    </Stack>
  );
}
