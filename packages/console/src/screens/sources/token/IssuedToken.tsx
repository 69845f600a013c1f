import { Stack } from '@mantine/core';
import { CopyOnce } from '../../../components/CopyOnce.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import type { Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { Setup, type SetupSource } from './Setup.tsx';

interface IssuedTokenProps {
  readonly source: SetupSource & Pick<Source, 'nom'>;
  readonly token: string;
  readonly onDone: () => void;
}

/** A new token, this once, with what to paste: the token is in it. */
export function IssuedToken({ source, token, onDone }: IssuedTokenProps) {
  const texts = useTexts().issued;
  return (
    <Dialog opened insists onClose={onDone} title={texts.title(source.nom)} size="lg">
      <Stack gap="md">
        <Setup source={source} token={token} />
        <CopyOnce label={texts.label} secret={token} onDone={onDone} />
      </Stack>
    </Dialog>
  );
}
