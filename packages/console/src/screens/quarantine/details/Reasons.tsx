import { Anchor, Group, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ReasonBadge, useReasonTexts } from '../../../components/ReasonBadge.tsx';
import type { Lead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';

interface ReasonsProps {
  readonly lead: Lead;
  /** Buttons that take a suggestion over. */
  readonly children: ReactNode;
}

/** Each reason with what it means, what to do, and what the routine suggests. */
export function Reasons({ lead, children }: ReasonsProps) {
  const texts = useTexts().lead;
  const reasonTexts = useReasonTexts();
  const { reasons, source, outcome } = lead;
  if (reasons.length === 0) return null;
  const isUnknown = reasons.some(({ code }) => code === 'unknown_programme');
  return (
    <section>
      <Title order={3} mb="xs">
        {outcome === 'quarantined' ? texts.why : texts.noticed}
      </Title>
      <Stack gap="sm">
        <List listStyleType="none" spacing="sm" fz="sm">
          {reasons.map(({ code, suggestion }) => (
            <List.Item key={code} styles={{ itemWrapper: { display: 'block' } }}>
              <ReasonBadge reason={code} />
              <Text fz="sm">
                {reasonTexts[code].meaning} {reasonTexts[code].remedy}
              </Text>
              {suggestion && (
                <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
                  <b>{texts.suggestion}</b> <bdi>{suggestion}</bdi>
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        <Group gap="xs">
          {children}
          {isUnknown && outcome === 'quarantined' && (
            <Anchor component={Link} to={`/sources/${source}`} fz="sm">
              {texts.map}
            </Anchor>
          )}
        </Group>
      </Stack>
    </section>
  );
}
