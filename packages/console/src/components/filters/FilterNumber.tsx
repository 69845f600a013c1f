import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { useComponentTexts } from '../useComponentTexts.ts';

interface FilterNumberProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

const TYPING = 250;
/** What an address can carry as a number. */
const MOST_DIGITS = 15;

/** A filter of one thing by its number, typed. */
export function FilterNumber({ label, icon, value, onChange }: FilterNumberProps) {
  const texts = useComponentTexts().filter;
  const [typed, setTyped] = useState('');
  const choose = useDebouncedCallback(onChange, TYPING);
  // The address may change from elsewhere: the back button, "clear the filters".
  useEffect(() => setTyped(value?.toString() ?? ''), [value]);
  const change = (text: string) => {
    const digits = text.replace(/\D/g, '').replace(/^0+/, '').slice(0, MOST_DIGITS);
    setTyped(digits);
    choose(digits === '' ? undefined : Number(digits));
  };
  return (
    <TextInput
      w={180}
      aria-label={label}
      placeholder={label}
      inputMode="numeric"
      autoComplete="off"
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => choose.flush()}
      leftSection={icon}
      rightSection={
        typed && (
          <CloseButton size="sm" aria-label={texts.clear(label)} onClick={() => change('')} />
        )
      }
    />
  );
}
