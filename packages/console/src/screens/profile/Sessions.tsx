import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { Answer } from '../../api/call.ts';
import { useChange } from '../../api/useChange.ts';
import { useOperation } from '../../api/useOperation.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Section } from '../../components/Section.tsx';
import { When } from '../../components/When.tsx';
import { browserOf } from '../../lib/browser.ts';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { useFormats } from '../../texts/useFormats.ts';

/** Where one is signed in, and a way to end what is not at hand. */
export function Sessions() {
  const texts = useAccountTexts().sessions;
  const { data, error, refetch } = useOperation('listSessions', {});
  return (
    <Section title={texts.title} about={texts.about}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Stack gap="sm">
          {data?.items.map((session) => <Row key={session.id} session={session} />) ?? (
            <Skeleton height={40} />
          )}
        </Stack>
      )}
    </Section>
  );
}

type OpenSession = Answer<'listSessions'>['items'][number];

function Row({ session }: { readonly session: OpenSession }) {
  const texts = useAccountTexts().sessions;
  const formats = useFormats();
  const end = useChange('endSession', { invalidates: ['listSessions'], done: texts.ended });
  return (
    <Group justify="space-between" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text fz="sm" fw={500}>
            {browserOf(session.user_agent ?? '') ?? texts.unknownBrowser}
          </Text>
          {session.current && <Badge variant="light">{texts.current}</Badge>}
        </Group>
        <Text fz="sm" c="dimmed">
          {texts.lastSeen} <When at={session.last_seen_at} /> · {session.address ?? '—'} ·{' '}
          {texts.since(formats.day(session.created_at))}
        </Text>
      </div>
      {!session.current && (
        <Button
          variant="default"
          flex="none"
          loading={end.isPending}
          onClick={() => end.mutate({ id: session.id })}
        >
          {texts.end}
        </Button>
      )}
    </Group>
  );
}
