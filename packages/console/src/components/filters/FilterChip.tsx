import { Button, CloseButton } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import type { ComponentPropsWithRef } from 'react';
import { useComponentTexts } from '../useComponentTexts.ts';
import classes from './FilterBar.module.css';

interface FilterChipProps extends Omit<ComponentPropsWithRef<'button'>, 'color'> {
  readonly label: string;
  /** What is chosen, in a few words. */
  readonly chosen: string;
  readonly isSet: boolean;
  readonly onClear: () => void;
}

/** The button of a filter: its name, what is chosen, and a cross that takes it away. */
export function FilterChip({ label, chosen, isSet, onClear, ...button }: FilterChipProps) {
  const texts = useComponentTexts().filter;
  return (
    <span className={classes.chip}>
      <Button
        variant="default"
        px="sm"
        pr={isSet ? 32 : undefined}
        rightSection={isSet ? undefined : <IconChevronDown size={14} />}
        {...button}
      >
        {label}
        {isSet && <span className={classes.chosen}>{chosen}</span>}
      </Button>
      {isSet && (
        <CloseButton
          size="sm"
          className={classes.clear}
          aria-label={texts.clear(label)}
          onClick={onClear}
        />
      )}
    </span>
  );
}
