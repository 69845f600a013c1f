import { useChange } from '../../api/useChange.ts';
import { useReasonTexts } from '../../components/ReasonBadge.tsx';
import { useLabelled } from '../../lib/useLabelled.ts';
import { useTexts } from './useTexts.ts';

/** What a change in quarantine makes old. */
export const changedByLeads = [
  ...(['listQuarantine', 'getLead', 'listRecentLeads', 'listSources'] as const),
  ...(['getToday', 'searchContacts'] as const),
];

/** Releases one lead and tells what became of it; a refusal is for the caller where it says so. */
export function useRelease({ tellsRefusal = true } = {}) {
  const texts = useTexts();
  const labelled = useLabelled();
  const reasonTexts = useReasonTexts();
  return useChange('releaseLead', {
    invalidates: changedByLeads,
    tellsRefusal,
    done: ({ outcome, reasons }) => {
      const left = reasons.filter(({ effect }) => effect === 'quarantine');
      const names = left.map(({ code }) => reasonTexts[code].name).join(', ');
      return outcome === 'quarantined' && names
        ? labelled(texts.outcomes[outcome], names)
        : `${texts.outcomes[outcome]}.`;
    },
  });
}
