import { Text } from '@mantine/core';
import { type IntakeReason, intakeReasons } from '@relais/contract';
import { useReasonTexts } from '../../../components/ReasonBadge.tsx';
import { useTexts } from '../useTexts.ts';
import type { PersonEvent } from './person.ts';

const isReason = (code: string): code is IntakeReason => Object.hasOwn(intakeReasons, code);

/** Why an event was: as a person put it; or the reasons, by code, that a source's rule had. */
export function Why({ event: { why, who } }: { readonly event: PersonEvent }) {
  const texts = useTexts().person.timeline;
  const reasons = useReasonTexts();
  if (why === null) return null;
  const codes = why.split(', ');
  const isRule = who.startsWith('source:') && codes.every(isReason);
  return (
    <Text fz="sm">
      {isRule
        ? codes
            .filter(isReason)
            .map((code) => reasons[code].name)
            .join(', ')
        : texts.why(why)}
    </Text>
  );
}
