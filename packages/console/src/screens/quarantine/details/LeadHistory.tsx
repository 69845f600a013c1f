import { List, Text, Title } from '@mantine/core';
import { When } from '../../../components/When.tsx';
import type { Lead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';

/** What operators did to a lead, why, and what came of it. */
export function LeadHistory({ history }: Pick<Lead, 'history'>) {
  const { lead: texts, outcomes } = useTexts();
  if (history.length === 0) return null;
  const outcomeIn = ({ outcome }: Lead['history'][number]['detail']): string | undefined =>
    Object.entries(outcomes).find(([name]) => name === outcome)?.[1];
  return (
    <section>
      <Title order={3} mb="xs">
        {texts.history}
      </Title>
      <List fz="sm" spacing={4} listStyleType="none">
        {history.map(({ at, actor, actor_nom, act, detail }) => (
          <List.Item key={`${at} ${act}`}>
            {texts.acts[act] ?? act} · {actor_nom ?? actor} · <When at={at} />
            <Text fz="sm" c="dimmed">
              {typeof detail.reason === 'string' ? detail.reason : outcomeIn(detail)}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
