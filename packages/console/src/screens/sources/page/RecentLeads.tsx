import { Anchor, Group, Skeleton, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useOperation } from '../../../api/useOperation.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ReasonBadge } from '../../../components/ReasonBadge.tsx';
import { Section } from '../../../components/Section.tsx';
import { When } from '../../../components/When.tsx';
import { useTexts } from '../useTexts.ts';

const EVERY = 10_000;

/** What became of the last leads of a source, without what they say. */
export function RecentLeads({ source }: { readonly source: string }) {
  const texts = useTexts().recent;
  const { data, error, refetch } = useOperation('listRecentLeads', { source }, { every: EVERY });
  return (
    <Section title={texts.title} about={texts.about}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={80} />}
      {data?.items.length === 0 && (
        <Text fz="sm" c="dimmed">
          {texts.none}
        </Text>
      )}
      {data && data.items.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table fz="sm" verticalSpacing={4} aria-label={texts.title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.received}</Table.Th>
                <Table.Th>{texts.outcome}</Table.Th>
                <Table.Th>{texts.why}</Table.Th>
                <Table.Th aria-label={texts.open} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((lead) => (
                <Table.Tr key={lead.id}>
                  <Table.Td>
                    <When at={lead.received_at} />
                  </Table.Td>
                  <Table.Td>{texts.outcomes[lead.outcome]}</Table.Td>
                  <Table.Td>
                    <Group gap={4}>
                      {lead.reasons.map(({ code }) => (
                        <ReasonBadge key={code} reason={code} />
                      ))}
                    </Group>
                  </Table.Td>
                  <Table.Td ta="right">
                    <Anchor
                      component={Link}
                      to={
                        lead.prospect_id === null
                          ? `/quarantine?selected=${lead.id}`
                          : `/contacts/${lead.prospect_id}`
                      }
                      fz="sm"
                      aria-label={texts.openLead(lead.id)}
                    >
                      {texts.open}
                    </Anchor>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}
