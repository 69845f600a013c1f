import { useEffect } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';

/**
 * While it is there, the back button leads nowhere, and the browser asks before the page is
 * reloaded or left: for what would be lost with it. Links and the sign-in lead on as they do.
 */
export function HeldPage() {
  const blocker = useBlocker(({ historyAction }) => historyAction === 'POP');
  useEffect(() => {
    if (blocker.state === 'blocked') blocker.reset();
  }, [blocker]);
  useBeforeUnload((event) => event.preventDefault());
  return null;
}
