import { Group, Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface AllOrSomeProps {
  readonly label: string;
  readonly all: string;
  readonly some: string;
  readonly value?: 'all' | 'some';
  readonly onChange?: (value: string) => void;
  /** The choice of some, shown when it is wanted. */
  readonly children: ReactNode;
}

/** Everything or a selection: said outright, since an empty selection could mean either. */
export function AllOrSome({ label, all, some, value, onChange, children }: AllOrSomeProps) {
  return (
    <Stack gap={6}>
      <Radio.Group label={label} value={value ?? 'all'} {...(onChange && { onChange })}>
        <Group gap="lg" mt={4}>
          <Radio size="xs" value="all" label={all} />
          <Radio size="xs" value="some" label={some} />
        </Group>
      </Radio.Group>
      {value === 'some' && children}
    </Stack>
  );
}
