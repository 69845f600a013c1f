import { Badge, Tooltip } from '@mantine/core';
import type { Pull } from './pull.ts';
import { useTexts } from './useTexts.ts';

const COLORS = { written: 'accent', uncertain: 'yellow', released: 'gray' } as const;

/** Why a pull stands as it does. */
export function useExplanation(): (pull: Pull) => string {
  const { explained } = useTexts();
  return ({ state, contacts, released }) => {
    if (state === 'released') return explained.released(released ?? 0);
    if (contacts === 0) return explained.empty;
    return explained[state];
  };
}

/** Whether the answer with a pull was written whole; why, on hover. */
export function PullState({ pull }: { readonly pull: Pull }) {
  const texts = useTexts();
  const explain = useExplanation();
  return (
    <Tooltip label={explain(pull)}>
      <Badge color={COLORS[pull.state]}>{texts.states[pull.state]}</Badge>
    </Tooltip>
  );
}
