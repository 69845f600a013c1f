import { Stack, Text } from '@mantine/core';
import { Facts } from '../../../components/Facts.tsx';
import { StatutBadge } from '../../../components/StatutBadge.tsx';
import { When } from '../../../components/When.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { KeyState } from './KeyState.tsx';

interface KeyFactsProps {
  readonly apiKey: Key;
  /** Whether another key has taken its place, and works. */
  readonly isReplaced: boolean;
}

/** What a key is mapped to, why it works or not, and how it was used. */
export function KeyFacts({ apiKey, isReplaced }: KeyFactsProps) {
  const { key: texts, form } = useTexts();
  const { state } = apiKey;
  const reason =
    state === 'valid' ? isReplaced && apiKey.expires_at && texts.successor : texts.reasons[state];
  return (
    <Facts
      facts={[
        [
          texts.facts.state,
          <Stack key="state" gap={2}>
            <KeyState apiKey={apiKey} />
            {reason && (
              <Text fz="sm" c="dimmed">
                {reason} {apiKey.revoked_at && <When at={apiKey.revoked_at} as="minute" />}
              </Text>
            )}
          </Stack>,
        ],
        [texts.facts.regions, apiKey.regions?.map(({ nom }) => nom).join(', ') ?? texts.allRegions],
        [
          texts.facts.ready,
          <StatutBadge
            key="ready"
            id={apiKey.ready_statut_id}
            designation={apiKey.ready_statut_designation}
          />,
        ],
        [
          texts.facts.pulled,
          <StatutBadge
            key="pulled"
            id={apiKey.pulled_statut_id}
            designation={apiKey.pulled_statut_designation}
          />,
        ],
        [texts.facts.operations, apiKey.operations?.join(', ') ?? form.allOperations],
        [texts.facts.ipRanges, apiKey.ip_ranges?.join(', ') ?? texts.anywhere],
        [
          texts.facts.expires,
          apiKey.expires_at ? (
            <When key="expires" at={apiKey.expires_at} as="minute" />
          ) : (
            texts.never
          ),
        ],
        [
          texts.facts.lastUsed,
          apiKey.last_used_at ? (
            <Stack key="used" gap={2}>
              <When at={apiKey.last_used_at} />
              <Text fz="sm" c="dimmed">
                {texts.lastUsed(apiKey.last_operation ?? '—', apiKey.last_address ?? '—')}
              </Text>
            </Stack>
          ) : (
            texts.never
          ),
        ],
        [texts.facts.created, <When key="created" at={apiKey.created_at} as="minute" />],
        ...(apiKey.rotated_from ? [[texts.facts.rotatedFrom, apiKey.rotated_from] as const] : []),
      ]}
    />
  );
}
