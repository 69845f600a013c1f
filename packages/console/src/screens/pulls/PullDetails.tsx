import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/call.ts';
import { useOperation } from '../../api/useOperation.ts';
import { Details } from '../../components/Details.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useSession } from '../../shell/session.ts';
import { Items } from './Items.tsx';
import { PullFacts } from './PullFacts.tsx';
import { ReleasePull } from './ReleasePull.tsx';
import { useTexts } from './useTexts.ts';

interface PullDetailsProps {
  /** The one that is open; undefined for none. */
  readonly id: string | undefined;
  readonly onClose: () => void;
}

/** A pull beside the list: how certain it is, what it handed out, and its release. */
export function PullDetails({ id, onClose }: PullDetailsProps) {
  const texts = useTexts().pull;
  const { data, error, refetch } = useOperation(
    'getPull',
    { pullId: id ?? '' },
    { enabled: id !== undefined },
  );
  // The address may hold anything: what is no id is not there either.
  const isGone = error?.is('record_not_found') || error?.is('invalid_parameter');
  return (
    <Details
      opened={id !== undefined}
      onClose={onClose}
      title={data ? texts.title(data.pull.seq) : '…'}
      about={data?.pull.client_nom}
    >
      {data ? (
        <Body key={data.pull.pull_id} {...data} />
      ) : isGone ? (
        texts.gone
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={240} radius="md" />
      )}
    </Details>
  );
}

function Body({ pull, releasable, items }: Answer<'getPull'>) {
  const texts = useTexts();
  const { can } = useSession();
  const [asks, setAsks] = useState(false);
  const isOpen = pull.state !== 'released' && pull.contacts > 0;
  return (
    <Stack gap="lg">
      {isOpen && can('admin', 'operateur') && (
        <Group gap="xs">
          {releasable > 0 ? (
            <Button variant="light" color="red" onClick={() => setAsks(true)}>
              {texts.release.button}
            </Button>
          ) : (
            <Text fz="sm" c="dimmed">
              {texts.release.nothing}
            </Text>
          )}
        </Group>
      )}
      <PullFacts pull={pull} />
      <Items pull={pull} items={items} />
      {asks && <ReleasePull pull={pull} releasable={releasable} onClose={() => setAsks(false)} />}
    </Stack>
  );
}
