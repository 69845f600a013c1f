/** Carries the id of who is signed in; null: nobody any more. */
const open = () => new BroadcastChannel('relais.session');

/**
 * Keeps the tabs of a browser of one mind about who is signed in: they share the session, and acts
 * of a tab that still shows the person before would be noted as those of the next. A tab that shows
 * somebody else begins anew. Returns what ends it.
 */
export function shareSession(staff: number): () => void {
  const channel = open();
  channel.onmessage = ({ data }) => {
    if (data !== staff) location.reload();
  };
  channel.postMessage(staff);
  return () => channel.close();
}

/** Tells the other tabs that the session was ended. */
export function tellSignedOut(): void {
  const channel = open();
  channel.postMessage(null);
  channel.close();
}
