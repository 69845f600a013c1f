import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { ConfirmAct } from '../../../components/ConfirmAct.tsx';
import { changedByLeads } from '../useRelease.ts';
import { useTexts } from '../useTexts.ts';

interface DiscardLeadsProps {
  readonly ids: readonly number[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Puts leads away for good, with a reason. */
export function DiscardLeads({ ids, onClose, onDone }: DiscardLeadsProps) {
  const texts = useTexts().discard;
  const [reason, setReason] = useState('');
  const discard = useChange('discardLead', {
    invalidates: changedByLeads,
    tellsRefusal: false,
    done: ({ items }) => {
      const count = (of: string) => items.filter(({ outcome }) => outcome === of).length;
      const refused = count('refused');
      const told = texts.done(count('discarded'));
      return refused === 0 ? told : `${told} ${texts.refused(refused)}`;
    },
    onDone: () => {
      onClose();
      onDone();
    },
  });
  return (
    <ConfirmAct
      opened
      onClose={onClose}
      title={texts.title(ids.length)}
      effects={texts.effects(ids.length)}
      verb={texts.verb}
      pending={discard.isPending}
      error={discard.error}
      onConfirm={() => discard.mutate({ ids, reason })}
    >
      <Stack gap={6}>
        <TextInput
          label={texts.reason}
          description={texts.reasonAbout}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          autoComplete="off"
          required
          data-autofocus
        />
        <Group gap={6}>
          {texts.reasons.map((usual) => (
            <Button
              key={usual}
              variant="default"
              size="compact-sm"
              onClick={() => setReason(usual)}
            >
              {usual}
            </Button>
          ))}
        </Group>
      </Stack>
    </ConfirmAct>
  );
}
