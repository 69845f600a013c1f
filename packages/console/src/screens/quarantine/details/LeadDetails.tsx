import { ActionIcon, Group, Skeleton, Text, Tooltip } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import { useOperation } from '../../../api/useOperation.ts';
import { Details } from '../../../components/Details.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { When } from '../../../components/When.tsx';
import { nameOf, type WaitingLead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';
import { LeadBody } from './LeadBody.tsx';

interface LeadDetailsProps {
  /** The one that is open; undefined for none. */
  readonly id: number | undefined;
  /** The page of the list, in its order. */
  readonly rows: readonly WaitingLead[];
  readonly onOpen: (id: number) => void;
  readonly onClose: () => void;
}

/** A lead beside the list. When it has left quarantine, the next one opens. */
export function LeadDetails({ id, rows, onOpen, onClose }: LeadDetailsProps) {
  const texts = useTexts();
  const lead = useOperation('getLead', { id: id ?? 0 }, { enabled: id !== undefined });
  const place = rows.findIndex((row) => row.id === id);
  const before = rows[place - 1]?.id;
  const after = place < 0 ? undefined : (rows[place + 1] ?? rows[place - 1])?.id;
  const { data } = lead;
  return (
    <Details
      opened={id !== undefined}
      onClose={onClose}
      title={(data && nameOf(data.draft)) ?? texts.lead.title(id ?? 0)}
      about={
        data && (
          <>
            {data.source} · {texts.lead.received} <When at={data.received_at} />
          </>
        )
      }
      actions={
        place >= 0 && (
          <Group gap={2} wrap="nowrap">
            <Text fz="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {texts.lead.place(place + 1, rows.length)}
            </Text>
            <Step label={texts.lead.previous} to={before} onOpen={onOpen} icon={IconChevronUp} />
            <Step
              label={texts.lead.next}
              to={rows[place + 1]?.id}
              onOpen={onOpen}
              icon={IconChevronDown}
            />
          </Group>
        )
      }
    >
      {lead.error && <ErrorState error={lead.error} onRetry={() => void lead.refetch()} />}
      {lead.isPending && <Skeleton height={180} />}
      {data && (
        <LeadBody
          key={data.id}
          lead={data}
          onSettled={(next) => (next === undefined ? onClose() : onOpen(next))}
          next={after}
        />
      )}
    </Details>
  );
}

interface StepProps {
  readonly label: string;
  readonly to: number | undefined;
  readonly onOpen: (id: number) => void;
  readonly icon: typeof IconChevronUp;
}

function Step({ label, to, onOpen, icon: Icon }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        disabled={to === undefined}
        onClick={() => to !== undefined && onOpen(to)}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
