import { Badge, HoverCard, Text, UnstyledButton } from '@mantine/core';
import { type IntakeReason, intakeReasons } from '@relais/contract';
import { reasons as en } from '../texts/en/reasons.ts';
import { reasons as fr } from '../texts/fr/reasons.ts';
import { textsOf } from '../texts/textsOf.ts';

export const useReasonTexts = textsOf({ fr, en });

const COLORS = { quarantine: 'red', review: 'yellow', note: 'gray' } as const;

/** Why a lead waits or what was noticed of it; what that means and what to do, on hover and focus. */
export function ReasonBadge({ reason }: { readonly reason: IntakeReason }) {
  const text = useReasonTexts()[reason];
  return (
    <HoverCard width={300} openDelay={200} shadow="md" withArrow>
      <HoverCard.Target>
        <UnstyledButton aria-label={`${text.name}. ${text.meaning} ${text.remedy}`}>
          <Badge
            variant="light"
            color={COLORS[intakeReasons[reason].effect]}
            tt="none"
            fw={500}
            radius="sm"
          >
            {text.name}
          </Badge>
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Text fz="sm" fw={600}>
          {text.name}
        </Text>
        <Text fz="sm">{text.meaning}</Text>
        <Text fz="sm" c="dimmed" mt={4}>
          {text.remedy}
        </Text>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
