import { Button } from '@mantine/core';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import { useState } from 'react';
import { useTexts } from '../useTexts.ts';
import { CorrectForm } from './CorrectForm.tsx';
import type { Person } from './person.ts';

/** Corrects the details of a person, in a dialog. */
export function Correct({ person }: { readonly person: Person['prospect'] }) {
  const texts = useTexts().person.correct;
  const [times, setTimes] = useState(0);
  const [opened, setOpened] = useState(false);
  const open = () => {
    setTimes(times + 1);
    setOpened(true);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={open}>
        {texts.button}
      </Button>
      {/* Each time anew: it begins with what the person has now. */}
      <CorrectForm key={times} person={person} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
