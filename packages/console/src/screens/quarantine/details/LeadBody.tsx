import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { useReasonTexts } from '../../../components/ReasonBadge.tsx';
import { useSession } from '../../../shell/session.ts';
import { DiscardLeads } from '../bulk/DiscardLeads.tsx';
import { type Lead, nameOf } from '../lead.ts';
import { correctionOf, suggestionsOf } from '../suggestions.ts';
import { TakeSuggestion } from '../TakeSuggestion.tsx';
import { useRelease } from '../useRelease.ts';
import { useTexts } from '../useTexts.ts';
import { CorrectForm, type Corrections } from './CorrectForm.tsx';
import { LeadFacts } from './LeadFacts.tsx';
import { LeadHistory } from './LeadHistory.tsx';
import { Reasons } from './Reasons.tsx';

interface LeadBodyProps {
  readonly lead: Lead;
  /** The one that follows in the list. */
  readonly next: number | undefined;
  /** It has left quarantine: the next one is to be shown. */
  readonly onSettled: (next: number | undefined) => void;
}

/** Why a lead waits, what can be done about it, and what it says. */
export function LeadBody({ lead, next, onSettled }: LeadBodyProps) {
  const texts = useTexts();
  const reasonTexts = useReasonTexts();
  const { can } = useSession();
  const [discards, setDiscards] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  // Where the next key belongs: on what can be taken over, or on what has to be put right; here
  // where there is neither, and what had the focus went with the lead before.
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    const first = root.current?.querySelector<HTMLElement>('[data-suggestion], [data-autofocus]');
    if (first || isLost) (first ?? root.current)?.focus();
  }, []);
  const programmes = useFilterOptions().programmes;
  const release = useRelease({ tellsRefusal: false });
  const mayChange = can('admin', 'operateur') && lead.outcome === 'quarantined';
  const isTest = lead.reasons.some(({ code }) => code === 'test_lead');
  // `next` is the one at the press: afterwards the list no longer has this lead.
  const send = (corrections: Corrections) =>
    release.mutate(
      { id: lead.id, ...corrections },
      { onSuccess: ({ outcome }) => outcome !== 'quarantined' && onSettled(next) },
    );
  const left = release.data?.outcome === 'quarantined' ? release.data.reasons : [];
  return (
    <Stack gap="lg" ref={root} tabIndex={-1} style={{ outline: 'none' }}>
      {lead.outcome !== 'quarantined' && (
        <Alert p="sm" variant="light" title={texts.outcomes[lead.outcome]}>
          {lead.prospect_id !== null && (
            <Button component={Link} to={`/contacts/${lead.prospect_id}`} variant="default">
              {texts.lead.contact}
            </Button>
          )}
        </Alert>
      )}
      <Reasons lead={lead}>
        {mayChange &&
          suggestionsOf(lead.reasons, programmes ?? []).map((suggestion) => (
            <TakeSuggestion
              key={JSON.stringify(suggestion)}
              suggestion={suggestion}
              lead={nameOf(lead.draft) ?? texts.lead.title(lead.id)}
              pending={release.isPending}
              onTake={() => send(correctionOf(suggestion))}
            />
          ))}
      </Reasons>
      {left.length > 0 && (
        <Alert color="yellow" variant="light" p="sm" role="status">
          {texts.lead.stays}{' '}
          {left
            .filter(({ effect }) => effect === 'quarantine')
            .map(({ code }) => reasonTexts[code].name)
            .join(', ')}
        </Alert>
      )}
      {mayChange && (
        <section>
          <Title order={3} mb="xs">
            {texts.lead.fix}
          </Title>
          {isTest ? (
            <Group justify="space-between">
              <Text fz="sm">{texts.lead.test}</Text>
              <Button variant="light" color="red" onClick={() => setDiscards(true)}>
                {texts.lead.discard}
              </Button>
            </Group>
          ) : (
            <CorrectForm
              lead={lead}
              pending={release.isPending}
              error={release.error}
              onSend={send}
              onDiscard={() => setDiscards(true)}
            />
          )}
        </section>
      )}
      <LeadFacts lead={lead} />
      <LeadHistory history={lead.history} />
      {discards && (
        <DiscardLeads
          ids={[lead.id]}
          onClose={() => setDiscards(false)}
          onDone={() => onSettled(next)}
        />
      )}
    </Stack>
  );
}
