import { Anchor, Code, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Facts } from '../../components/Facts.tsx';
import { When } from '../../components/When.tsx';
import { useFormats } from '../../texts/useFormats.ts';
import { PullState, useExplanation } from './PullState.tsx';
import type { Pull } from './pull.ts';
import { useTexts } from './useTexts.ts';

/** Who pulled, when, with what key, how certain it is, and what became of it. */
export function PullFacts({ pull }: { readonly pull: Pull }) {
  const texts = useTexts().pull;
  const explain = useExplanation();
  const client = `/clients/${pull.client_id}`;
  return (
    <Facts
      facts={[
        [
          texts.client,
          <Anchor key="client" component={Link} to={client} inherit>
            {pull.client_nom}
          </Anchor>,
        ],
        [
          texts.key,
          <Anchor key="key" component={Link} to={`${client}?selected=${pull.key_id}`} inherit>
            <Code>{pull.key_id}</Code>
          </Anchor>,
        ],
        [texts.pulledAt, <When key="pulled" at={pull.pulled_at} as="minute" />],
        [
          texts.state,
          <Stack key="state" gap={2} align="flex-start">
            <PullState pull={pull} />
            <Dimmed>{explain(pull)}</Dimmed>
          </Stack>,
        ],
        [
          texts.writtenAt,
          pull.answer_written_at === null ? (
            texts.unknown
          ) : (
            <When key="written" at={pull.answer_written_at} as="minute" />
          ),
        ],
        [texts.repeat, pull.idempotent ? texts.idempotent : texts.notIdempotent],
        [texts.statuts, texts.fromTo(pull.statut_ready, pull.statut_pulled)],
        ...useReleaseFacts(pull),
        [texts.id, <Code key="id">{pull.pull_id}</Code>],
      ]}
    />
  );
}

function useReleaseFacts(pull: Pull): readonly (readonly [string, ReactNode])[] {
  const texts = useTexts().pull;
  const { number } = useFormats();
  const { released_at, released, released_by, released_by_nom, release_reason, contacts } = pull;
  if (released_at === null) return [];
  const byClient = released_by?.startsWith('key:');
  const by = byClient ? texts.byClient : texts.releasedBy(released_by_nom ?? released_by ?? '');
  return [
    [
      texts.releasedAt,
      <>
        <When at={released_at} as="minute" /> {by}
      </>,
    ],
    [texts.putBack, texts.ofAll(number(released ?? 0), number(contacts))],
    [texts.reason, release_reason],
  ];
}

const Dimmed = ({ children }: { readonly children: string }) => (
  <Text span fz="sm" c="dimmed">
    {children}
  </Text>
);
