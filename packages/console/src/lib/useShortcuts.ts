import { useEffect } from 'react';
import { press } from './shortcuts.ts';

export interface Shortcut {
  /** Keys as `KeyboardEvent.key` names them, one after the other: `/`, `n`, `g c`. */
  readonly keys: string;
  /** What it does; shown by `?`. */
  readonly text: string;
  /** True: it goes on for as long as its key is held down. */
  readonly repeats?: boolean;
  run(): void;
}

const lists = new Set<readonly Shortcut[]>();
/** Those that hold now, the latest first: a screen's own come before those of the shell. */
export const currentShortcuts = (): readonly Shortcut[] => [...lists].reverse().flat();

/** Gives a screen its shortcuts for as long as it is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    lists.add(shortcuts);
    return () => {
      lists.delete(shortcuts);
    };
  }, [shortcuts]);
}

const TYPED = 'input:not([type="checkbox"], [type="radio"]), textarea, select';
const ABOVE = '[role="dialog"], [role="listbox"], [role="menu"]';

/** True while somebody types, or a dialog or menu has the keyboard. Closed ones may stay, hidden. */
const isTaken = (target: EventTarget | null): boolean =>
  (target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED))) ||
  [...document.querySelectorAll(ABOVE)].some((element) => element.checkVisibility());

let pending = '';

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Shift') return;
  if (isTaken(event.target)) {
    pending = '';
    return;
  }
  const shortcuts = currentShortcuts();
  const pressed = press(
    pending,
    event.key,
    shortcuts.map(({ keys }) => keys),
  );
  pending = pressed.pending;
  const found = shortcuts.find(({ keys }) => keys === pressed.match);
  if (!found) return;
  event.preventDefault();
  if (event.repeat && !found.repeats) return;
  found.run();
}

/** Listens for the shortcuts of the page; returns what ends it. */
export function listenForShortcuts(): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
