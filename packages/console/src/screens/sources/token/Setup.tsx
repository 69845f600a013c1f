import { ActionIcon, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import { Facts } from '../../../components/Facts.tsx';
import { useComponentTexts } from '../../../components/useComponentTexts.ts';
import type { Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { Snippet } from './Snippet.tsx';
import { curlSnippet, formSnippet } from './snippets.ts';

/** What is needed of a source to say how it is set up. */
export type SetupSource = Pick<Source, 'channel' | 'address' | 'honeypot' | 'programme_id'>;

interface SetupProps {
  readonly source: SetupSource;
  /** Known only when it has just been made. */
  readonly token?: string;
}

/** What to paste into the page, program or ad account that sends leads. */
export function Setup({ source, token }: SetupProps) {
  const texts = useTexts().setup;
  const { channel, address } = source;
  const door = { address: address ?? '', token: token ?? texts.placeholder };
  return (
    <Stack gap="sm">
      <Text fz="sm">{texts[channel]}</Text>
      {address !== null && (
        <Facts
          facts={[
            [texts.address, <Address key="address" address={address} />],
            ...(token === undefined ? [[texts.token, texts.tokenHidden] as const] : []),
          ]}
        />
      )}
      {channel === 'form' && <Snippet code={formSnippet(door, source, texts.formCode)} />}
      {channel === 'json' && <Snippet code={curlSnippet(door)} />}
    </Stack>
  );
}

function Address({ address }: { readonly address: string }) {
  const texts = useComponentTexts();
  return (
    <Group gap={4} wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{address}</Code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <ActionIcon aria-label={copied ? texts.copied : texts.copy} onClick={copy}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
