import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { ReasonBadge } from '../../../components/ReasonBadge.tsx';
import { When } from '../../../components/When.tsx';
import { useTexts } from '../useTexts.ts';
import type { PersonEvent } from './person.ts';
import { Why } from './Why.tsx';

/** When, on what and by whom an event was, and what else is known of it. */
export function EventText({ event }: { readonly event: PersonEvent }) {
  const { timeline: texts, received } = useTexts().person;
  const by = useByWhom(event);
  return (
    <>
      <Text fz="sm" c="dimmed" component="div">
        <When at={event.at} as="minute" />
        {event.programme_nom !== null && ` · ${event.programme_nom}`}
        {event.event === 'statut' && event.from !== null && ` · ${texts.from(event.from)}`}
        {by && ` · ${by}`}
        {event.event === 'pull' && event.pull_seq !== null && (
          <>
            {' · '}
            <Anchor
              component={Link}
              to={`/pulls?selected=${event.pull_id}`}
              inherit
              underline="always"
            >
              {`${received.pull} ${received.seq(event.pull_seq)}`}
            </Anchor>
          </>
        )}
      </Text>
      {event.delivery === 'uncertain' && (
        <Text fz="sm" c="var(--mantine-color-yellow-light-color)">
          {received.uncertainText}
        </Text>
      )}
      {event.matched_on.length > 0 && (
        <Text fz="sm" c="dimmed">
          {texts.matchedOn(event.matched_on.map((kind) => texts.identities[kind]).join(', '))}
        </Text>
      )}
      {event.reasons.length > 0 && (
        <Group gap={6} mt={4}>
          {event.reasons.map(({ code }) => (
            <ReasonBadge key={code} reason={code} />
          ))}
        </Group>
      )}
      {event.reasons.map(
        ({ code, suggestion }) =>
          suggestion !== null && (
            <Text key={code} fz="sm" c="dimmed">
              {texts.suggestion(suggestion)}
            </Text>
          ),
      )}
      <Why event={event} />
    </>
  );
}

/** Who did it, where the title does not say so already. */
function useByWhom({ event, who, who_nom }: PersonEvent): string | undefined {
  const texts = useTexts().person.timeline;
  if (event === 'lead' || event === 'pull') return undefined;
  const [kind = ''] = who.split(':', 1);
  const told = Object.entries(texts.kinds).find(([name]) => name === kind)?.[1];
  return texts.by(told ? `${told} ${who_nom}` : who_nom);
}
