import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useSession } from '../../shell/session.ts';

interface CreateButtonProps {
  readonly text: string;
  readonly onClick: () => void;
}

/** For those who may change the lists. */
export function CreateButton({ text, onClick }: CreateButtonProps) {
  const { can } = useSession();
  if (!can('admin', 'operateur')) return null;
  return (
    <Button leftSection={<IconPlus size={16} />} onClick={onClick}>
      {text}
    </Button>
  );
}
