import { Anchor, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { Facts } from '../../components/Facts.tsx';
import { When } from '../../components/When.tsx';
import { Detail } from './Detail.tsx';
import { addressOf, type Entry } from './entry.ts';
import { useNames } from './useNames.ts';
import { useTexts } from './useTexts.ts';

interface EntryDetailsProps {
  readonly entry: Entry;
  /** Narrows the list to the same actor or target. */
  readonly onNarrow: (filter: { readonly actor: string } | { readonly target: string }) => void;
}

/** An entry, whole: who, what, when, to what, and all that was written of it. */
export function EntryDetails({ entry, onNarrow }: EntryDetailsProps) {
  const texts = useTexts().entry;
  const names = useNames();
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [texts.at, <When key="at" at={entry.at} as="minute" />],
          [texts.actor, <Who key="actor" name={names.actor(entry)} text={entry.actor} />],
          [texts.act, <Who key="act" name={names.act(entry)} text={entry.act} />],
          [
            texts.target,
            <Who
              key="target"
              name={names.target(entry)}
              text={entry.target}
              to={addressOf(entry.target)}
            />,
          ],
        ]}
      />
      <Group gap="xs">
        <Button variant="default" onClick={() => onNarrow({ actor: entry.actor })}>
          {texts.sameActor}
        </Button>
        <Button variant="default" onClick={() => onNarrow({ target: entry.target })}>
          {texts.sameTarget}
        </Button>
      </Group>
      <section>
        <Title order={3} mb="xs">
          {texts.detail}
        </Title>
        <Detail detail={entry.detail} />
      </section>
    </Stack>
  );
}

interface WhoProps {
  readonly name: string;
  /** What the audit calls it, for a filter. */
  readonly text: string;
  readonly to?: string | undefined;
}

function Who({ name, text, to }: WhoProps) {
  return (
    <>
      {to === undefined ? (
        name
      ) : (
        <Anchor component={Link} to={to} inherit>
          {name}
        </Anchor>
      )}
      <Text fz="xs" c="dimmed">
        <Code>{text}</Code>
      </Text>
    </>
  );
}
