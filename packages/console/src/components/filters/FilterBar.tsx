import { Button, CloseButton, Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../../lib/useShortcuts.ts';
import { useComponentTexts } from '../useComponentTexts.ts';
import classes from './FilterBar.module.css';

interface FilterBarProps {
  /** The text that is searched for; no search box when left out. */
  readonly search?: string;
  readonly onSearch?: (text: string) => void;
  /** What can be searched for: "Nom, téléphone, e-mail…" */
  readonly placeholder?: string;
  /** Given while there is a filter: takes all of them away. */
  readonly onClear?: (() => void) | undefined;
  /** FilterSelect, FilterPeriod, or other controls. */
  readonly children?: ReactNode;
}

/** Above a table: a search box, which / goes to, and filters. */
export function FilterBar({ search, onSearch, placeholder, onClear, children }: FilterBarProps) {
  const texts = useComponentTexts().filter;
  return (
    <search className={classes.bar}>
      {onSearch && (
        <SearchBox
          value={search ?? ''}
          onSearch={onSearch}
          placeholder={placeholder ?? texts.search}
        />
      )}
      {children}
      {onClear && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          {texts.clearAll}
        </Button>
      )}
    </search>
  );
}

interface SearchBoxProps {
  readonly value: string;
  readonly onSearch: (text: string) => void;
  readonly placeholder: string;
}

const TYPING = 250;

function SearchBox({ value, onSearch, placeholder }: SearchBoxProps) {
  const texts = useComponentTexts().filter;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const search = useDebouncedCallback(onSearch, TYPING);
  // The address may change from elsewhere: the back button, "clear the filters".
  useEffect(() => setTyped(value), [value]);
  useShortcuts(
    useMemo(
      () => [{ keys: '/', text: texts.search, run: () => input.current?.select() }],
      [texts.search],
    ),
  );
  const change = (text: string) => {
    setTyped(text);
    search(text.trim());
  };
  return (
    <TextInput
      ref={input}
      className={classes.search}
      type="text"
      role="searchbox"
      aria-label={texts.search}
      placeholder={placeholder}
      value={typed}
      maxLength={100}
      onChange={(event) => change(event.currentTarget.value)}
      // At once: a search that came after a click on a row would lead back to the list.
      onBlur={() => search.flush()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
      leftSection={<IconSearch size={15} />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={texts.clearSearch} onClick={() => change('')} />
        ) : (
          <Kbd size="xs" className={classes.slash} aria-hidden>
            /
          </Kbd>
        )
      }
    />
  );
}
