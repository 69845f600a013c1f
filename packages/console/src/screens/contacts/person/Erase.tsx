import { Button } from '@mantine/core';
import IconEraser from '@tabler/icons-react/icons/IconEraser';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { ConfirmWithReason } from '../../../components/ConfirmWithReason.tsx';
import { useTexts } from '../useTexts.ts';
import type { Person } from './person.ts';
import { handoversOf } from './receipts.ts';

/** Erases a person for good, once their number was typed. */
export function Erase({ person }: { readonly person: Person }) {
  const texts = useTexts().person.erase;
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconEraser size={16} />}
        onClick={() => setOpened(true)}
      >
        {texts.button}
      </Button>
      {opened && <Question person={person} onClose={() => setOpened(false)} />}
    </>
  );
}

interface QuestionProps {
  readonly person: Person;
  readonly onClose: () => void;
}

function Question({ person, onClose }: QuestionProps) {
  const { erase: texts, received: names } = useTexts().person;
  const { prospect_id: id } = person.prospect;
  // Also those whose pull was released: they have received the person nonetheless.
  const clients = [
    ...new Set(
      handoversOf(person.received, person.actions).map(({ client }) => client ?? names.olderSystem),
    ),
  ];
  const erase = useChange('eraseProspect', {
    invalidates: [
      'getProspect',
      'searchContacts',
      'getToday',
      'getPull',
      'listPulls',
      'listQuarantine',
      'listJobs',
    ],
    tellsRefusal: false,
    done: texts.done,
    onDone: onClose,
  });
  return (
    <ConfirmWithReason
      opened
      onClose={onClose}
      title={texts.title(id)}
      effects={[
        texts.blanked,
        clients.length > 0 ? texts.tell(clients.join(', ')) : texts.nobody,
        texts.files,
        texts.again,
        texts.final,
      ]}
      verb={texts.button}
      typed={String(id)}
      pending={erase.isPending}
      reason={texts.reason}
      reasonHint={texts.reasonHint}
      error={erase.error}
      onConfirm={(reason) => erase.mutate({ prospectId: id, reason })}
    />
  );
}
