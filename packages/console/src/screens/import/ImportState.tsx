import { Badge } from '@mantine/core';
import type { ListedImport } from '@relais/contract';
import { useTexts } from './useTexts.ts';

const COLORS = { running: 'accent', stopped: 'yellow', done: 'gray', undone: 'gray' } as const;

/** A running import without a live job was broken off. */
export const stateOf = ({ state, live }: Pick<ListedImport, 'state' | 'live'>) =>
  live ? 'running' : state === 'running' ? 'stopped' : state;

export function ImportState({ listed }: { readonly listed: Pick<ListedImport, 'state' | 'live'> }) {
  const texts = useTexts().states;
  const state = stateOf(listed);
  return <Badge color={COLORS[state]}>{texts[state]}</Badge>;
}
