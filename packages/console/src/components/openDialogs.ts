import { useEffect } from 'react';
import { createStore, useStore } from '../lib/store.ts';

/** How many dialogs are open, over whatever is beneath them. */
const openDialogs = createStore(0);

/** Whether a dialog has the keyboard: Escape is for it, and not for what is beneath. */
export const useIsBeneathDialog = (): boolean => useStore(openDialogs) > 0;

/** Where the dialog that is just being taken away would give the focus: for one in its place. */
let handedOn: Element | null = null;

/**
 * Counts a dialog while it is open, and gives the focus back to where it was, also when the dialog
 * is taken away without being closed, or another took its place. Both after the key that closed it
 * has been handled everywhere.
 */
export function useOpenDialog(opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    const before = handedOn ?? document.activeElement;
    openDialogs.set(openDialogs.get() + 1);
    return () => {
      handedOn = before;
      setTimeout(() => {
        handedOn = null;
        openDialogs.set(openDialogs.get() - 1);
        const isLost = document.activeElement === document.body;
        if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
      });
    };
  }, [opened]);
}
