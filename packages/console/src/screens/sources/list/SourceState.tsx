import { Badge, Tooltip } from '@mantine/core';
import type { ListedSource } from '../source.ts';
import { useMetaProblem } from '../useMetaProblem.ts';
import { useTexts } from '../useTexts.ts';

/** Whether a source is open; what keeps a Meta source from being read, on hover. */
export function SourceState({ state, problem }: Pick<ListedSource, 'state' | 'problem'>) {
  const texts = useTexts();
  const problemText = useMetaProblem();
  if (problem !== null) {
    return (
      <Tooltip label={problemText(problem)} multiline maw={360}>
        <Badge color="red">{texts.problem}</Badge>
      </Tooltip>
    );
  }
  return <Badge color={state === 'open' ? 'accent' : 'yellow'}>{texts.states[state]}</Badge>;
}
