import { Stack, Text } from '@mantine/core';
import { CopyOnce } from '../../components/CopyOnce.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { When } from '../../components/When.tsx';
import { useTexts } from './useTexts.ts';

interface IssuedLinkProps {
  readonly nom: string;
  readonly link: { readonly link: string; readonly expires_at: string };
  readonly onDone: () => void;
}

/** A link by which a person sets a password, this once. */
export function IssuedLink({ nom, link, onDone }: IssuedLinkProps) {
  const texts = useTexts().issued;
  return (
    <Dialog opened insists onClose={onDone} title={texts.title}>
      <Stack gap="sm">
        <Text fz="sm">
          {texts.about} {texts.until} <When at={link.expires_at} as="minute" />.
        </Text>
        <CopyOnce label={texts.label(nom)} secret={link.link} onDone={onDone} />
      </Stack>
    </Dialog>
  );
}
