import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import classes from './CopyOnce.module.css';
import { useComponentTexts } from './useComponentTexts.ts';

interface CopyOnceProps {
  /** What it is: "Clé API de Nexity". */
  readonly label: string;
  readonly secret: string;
  /** The person says that it is kept elsewhere. */
  readonly onDone?: () => void;
}

/** A secret that is shown once, with a button that copies it. */
export function CopyOnce({ label, secret, onDone }: CopyOnceProps) {
  const texts = useComponentTexts();
  return (
    <Stack gap="sm">
      <Alert color="yellow" variant="light" p="sm">
        {texts.once.warning}
      </Alert>
      <div>
        <Text fz="sm" fw={500} mb={4}>
          {label}
        </Text>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <div className={classes.secret}>
              <code>{secret}</code>
              <Button
                onClick={copy}
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              >
                {copied ? texts.copied : texts.copy}
              </Button>
            </div>
          )}
        </CopyButton>
      </div>
      {onDone && (
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.once.done}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
