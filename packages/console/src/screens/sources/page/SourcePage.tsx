import { Alert, Button, Stack } from '@mantine/core';
import IconDoorOff from '@tabler/icons-react/icons/IconDoorOff';
import IconPlayerPause from '@tabler/icons-react/icons/IconPlayerPause';
import { Link, useParams } from 'react-router';
import { useOperation } from '../../../api/useOperation.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { When } from '../../../components/When.tsx';
import type { Source } from '../source.ts';
import { Setup } from '../token/Setup.tsx';
import { useTexts } from '../useTexts.ts';
import { Mapping } from './Mapping.tsx';
import { MetaState } from './MetaState.tsx';
import { RecentLeads } from './RecentLeads.tsx';
import { Rules } from './Rules.tsx';
import { SourceActs } from './SourceActs.tsx';

/** One source: what to install, its rules, and whether it works. */
export function SourcePage() {
  const texts = useTexts();
  const { nom = '' } = useParams();
  const source = useOperation('getSource', { nom }, { every: 30_000 });
  const trail = [{ title: texts.title, to: '/sources' }];
  const { data, error } = source;
  if (data) return <Known key={data.nom} source={data} trail={trail} />;
  const isGone = error?.is('record_not_found') || error?.is('invalid_parameter');
  return (
    <Page title={isGone ? texts.gone.title : nom} trail={trail}>
      {isGone && (
        <EmptyState
          icon={IconDoorOff}
          title={texts.gone.title}
          text={texts.gone.text}
          action={
            <Button component={Link} to="/sources" variant="default">
              {texts.gone.back}
            </Button>
          }
        />
      )}
      {error && !isGone && <ErrorState error={error} onRetry={() => void source.refetch()} />}
    </Page>
  );
}

interface KnownProps {
  readonly source: Source;
  readonly trail: readonly { title: string; to: string }[];
}

function Known({ source, trail }: KnownProps) {
  const texts = useTexts();
  return (
    <Page
      title={source.nom}
      trail={trail}
      about={texts.channels[source.channel]}
      actions={<SourceActs source={source} />}
    >
      <Stack gap="md" maw={960}>
        {source.state === 'paused' && (
          <Alert
            color="yellow"
            variant="light"
            p="sm"
            icon={<IconPlayerPause />}
            title={texts.paused.title}
          >
            {texts.paused.text}
          </Alert>
        )}
        {source.meta && <MetaState nom={source.nom} meta={source.meta} />}
        <Section title={texts.setup.title}>
          <Setup source={source} />
          {source.previous_token_until && (
            <Alert color="yellow" variant="light" p="sm" mt="sm">
              {texts.until} <When at={source.previous_token_until} as="minute" />
            </Alert>
          )}
        </Section>
        <Rules source={source} />
        <Mapping source={source} />
        <RecentLeads source={source.nom} />
      </Stack>
    </Page>
  );
}
