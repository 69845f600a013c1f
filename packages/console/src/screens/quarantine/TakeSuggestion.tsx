import { Button } from '@mantine/core';
import { type Suggestion, wordsOf } from './suggestions.ts';
import { useTexts } from './useTexts.ts';

interface TakeSuggestionProps {
  readonly suggestion: Suggestion;
  /** What its lead is called. */
  readonly lead: string;
  readonly pending: boolean;
  readonly onTake: () => void;
}

/** Releases a lead with what was suggested, by one press. */
export function TakeSuggestion({ suggestion, lead, pending, onTake }: TakeSuggestionProps) {
  const texts = useTexts();
  const value = wordsOf(suggestion);
  return (
    <Button
      variant="light"
      size="compact-sm"
      maw="100%"
      loading={pending}
      onClick={onTake}
      aria-label={texts.takes(value, lead)}
      data-suggestion
    >
      {`→ ${value}`}
    </Button>
  );
}
