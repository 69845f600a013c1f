import { focusManager, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './apiError.ts';
import { keyOf } from './useOperation.ts';

/** How often a read is tried again when the server was away. A refusal stays a refusal. */
const TRIES = 2;

// Who comes back to the window sees what there is now, also where a part of it was in sight meanwhile,
// beside a mail or a telephone: by itself the library looks at tabs alone.
focusManager.setEventListener((comesBack) => {
  const listener = () => comesBack();
  addEventListener('focus', listener);
  addEventListener('visibilitychange', listener);
  return () => {
    removeEventListener('focus', listener);
    removeEventListener('visibilitychange', listener);
  };
});

/** The cache of answers. `signedOut` runs when the server says that there is no session any more. */
export function createQueryClient(signedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (!(error instanceof ApiError)) return;
    // Who is signed in has to turn a second factor on since, or has another role: the shell asks what
    // they may see.
    if (error.is('two_factor_required') || error.is('role_not_allowed')) {
      void client.invalidateQueries({ queryKey: keyOf('getSession') });
    }
    if (!error.is('not_signed_in')) return;
    // What one person was shown is not kept for the next.
    client.clear();
    signedOut();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Without a network a call fails at once and says so. The default would hold a change back,
      // and carry it out later, when whoever asked for it has thought better of it.
      queries: {
        networkMode: 'always',
        staleTime: 10_000,
        retry: (failed, error) =>
          failed < TRIES &&
          error instanceof ApiError &&
          (error.status === 0 || error.status === 503),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
