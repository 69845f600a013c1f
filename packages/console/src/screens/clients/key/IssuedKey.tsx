import { Anchor, Stack, Text } from '@mantine/core';
import { CopyOnce } from '../../../components/CopyOnce.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { useTexts } from '../useTexts.ts';

interface IssuedKeyProps {
  readonly client: string;
  /** The key itself. */
  readonly secret: string;
  readonly onDone: () => void;
}

/** A new key, this once. */
export function IssuedKey({ client, secret, onDone }: IssuedKeyProps) {
  const texts = useTexts().issued;
  return (
    <Dialog opened insists onClose={onDone} title={texts.title}>
      <Stack gap="sm">
        <Text fz="sm">
          {texts.about}{' '}
          <Anchor href="/docs" target="_blank" inherit>
            {texts.docs}
          </Anchor>
        </Text>
        <CopyOnce label={texts.label(client)} secret={secret} onDone={onDone} />
      </Stack>
    </Dialog>
  );
}
