import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import IconFileOff from '@tabler/icons-react/icons/IconFileOff';
import { Link, useParams } from 'react-router';
import type { Answer } from '../../../api/call.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { CancelJob } from '../../../components/jobs/CancelJob.tsx';
import { JobFile } from '../../../components/jobs/JobFile.tsx';
import { JobProgress } from '../../../components/jobs/JobProgress.tsx';
import { PROGRESS_EVERY } from '../../../components/jobs/live.ts';
import { Page } from '../../../components/Page.tsx';
import { Section } from '../../../components/Section.tsx';
import { useSession } from '../../../shell/session.ts';
import { stateOf } from '../ImportState.tsx';
import { useTexts } from '../useTexts.ts';
import { ImportActs } from './ImportActs.tsx';
import { ImportFacts } from './ImportFacts.tsx';

const REST = 15_000;

/** One import: its progress while it runs, then what became of its rows. */
export function ImportPage() {
  const texts = useTexts();
  const { id: given = '' } = useParams();
  const id = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  const query = useOperation(
    'getImport',
    { id },
    { enabled: id > 0, every: (last) => (last?.import.live ? PROGRESS_EVERY : REST) },
  );
  const { data, error } = query;
  const trail = [{ title: texts.title, to: '/import' }];
  const isGone = id === 0 || error?.is('record_not_found');
  if (data) return <Known key={id} found={data} trail={trail} />;
  return (
    <Page title={isGone ? texts.one.gone.title : '…'} trail={trail}>
      {isGone && (
        <EmptyState
          icon={IconFileOff}
          title={texts.one.gone.title}
          text={texts.one.gone.text}
          action={
            <Button component={Link} to="/import" variant="default">
              {texts.one.gone.back}
            </Button>
          }
        />
      )}
      {error && !isGone && <ErrorState error={error} onRetry={() => void query.refetch()} />}
    </Page>
  );
}

interface KnownProps {
  readonly found: Answer<'getImport'>;
  readonly trail: readonly { title: string; to: string }[];
}

function Known({ found, trail }: KnownProps) {
  const texts = useTexts().one;
  const { can } = useSession();
  const { import: listed, job, file_id } = found;
  const maySee = can('admin', 'operateur', 'dpo');
  return (
    <Page
      title={listed.file}
      trail={trail}
      about={texts.about(listed.source)}
      actions={<ImportActs found={found} />}
    >
      <Stack gap="md" maw={800}>
        {stateOf(listed) === 'stopped' && (
          <Alert color="yellow" variant="light" p="sm" title={texts.stopped.title}>
            {file_id === null ? texts.stopped.gone : texts.stopped.text}
          </Alert>
        )}
        {job && (
          <Section title={listed.live ? texts.progress : texts.result}>
            <Stack gap="sm">
              <JobProgress job={job} />
              <Group gap="xs">
                {maySee && !listed.live && <JobFile job={job} />}
                <CancelJob job={job} />
              </Group>
            </Stack>
          </Section>
        )}
        {listed.quarantined > 0 && (
          <Section
            title={texts.waiting.title(listed.quarantined)}
            actions={
              <Button component={Link} to={`/quarantine?importId=${listed.id}`} variant="default">
                {texts.waiting.open}
              </Button>
            }
          >
            <Text fz="sm">{texts.waiting.text}</Text>
          </Section>
        )}
        <ImportFacts found={found} />
      </Stack>
    </Page>
  );
}
