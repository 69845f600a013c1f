import type { TablerIcon } from '@tabler/icons-react';
import { useEffect } from 'react';
import { createStore } from '../lib/store.ts';

/** Something that Ctrl K offers. */
export interface Command {
  readonly id: string;
  readonly text: string;
  readonly icon: TablerIcon;
  run(): void;
}

export const commands = createStore<readonly Command[]>([]);

/** Offers commands under Ctrl K for as long as a screen is shown. Give a list that is memoised. */
export function useCommands(own: readonly Command[]): void {
  useEffect(() => {
    commands.set([...commands.get(), ...own]);
    return () => commands.set(commands.get().filter((command) => !own.includes(command)));
  }, [own]);
}
