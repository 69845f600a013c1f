import { Alert, Code } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { When } from '../../components/When.tsx';
import type { Figures } from './figures.ts';
import { useTexts } from './useTexts.ts';

/** Pulls wait, as after a restore: why, and how that is ended. */
export function Held({ figures: { hold } }: { readonly figures: Figures }) {
  const texts = useTexts().held;
  if (!hold) return null;
  const { restored, loaded, moved } = texts;
  const reason = new Map([
    ['restored', restored],
    ['loaded', loaded],
    ['moved', moved],
  ]).get(hold.reason);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={texts.title}>
      {texts.since} <When at={hold.since} as="minute" />. {reason ?? `${hold.reason}.`} {texts.what}{' '}
      <Code>relais hold --help</Code>
    </Alert>
  );
}
