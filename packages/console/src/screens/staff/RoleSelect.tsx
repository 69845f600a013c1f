import { Radio, Stack } from '@mantine/core';
import { roles } from '@relais/contract';
import { useShellTexts } from '../../shell/useShellTexts.ts';
import { useTexts } from './useTexts.ts';

interface RoleSelectProps {
  readonly value?: string;
  readonly defaultValue?: string;
  readonly onChange?: (value: string) => void;
}

/** The roles, each with what it may do. */
export function RoleSelect(props: RoleSelectProps) {
  const texts = useTexts();
  const names = useShellTexts().roles;
  return (
    <Radio.Group label={texts.columns.role} {...props}>
      <Stack gap={6} mt={4}>
        {roles.map((role) => (
          <Radio key={role} value={role} label={names[role]} description={texts.roles[role]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
