import { List, Text, Title } from '@mantine/core';
import { When } from '../../../components/When.tsx';
import type { Lead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';

/** What operators did to a lead. */
export function LeadHistory({ history }: Pick<Lead, 'history'>) {
  const texts = useTexts().lead;
  if (history.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {texts.history}
      </Title>
      <List fz="sm" spacing={4} listStyleType="none">
        {history.map(({ at, actor, actor_nom, act, detail }) => (
          <List.Item key={`${at} ${act}`}>
            {texts.acts[act] ?? act} · {actor_nom ?? actor} · <When at={at} />
            {typeof detail.reason === 'string' && (
              <Text fz="sm" c="dimmed">
                {detail.reason}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
