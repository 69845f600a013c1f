import { Center } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { chosenDatabase } from '../api/chosenDatabase.ts';
import { useOperation } from '../api/useOperation.ts';
import { ErrorState } from '../components/ErrorState.tsx';
import { RequiredTwoFactor } from './account/RequiredTwoFactor.tsx';
import { openDatabase } from './openDatabase.ts';
import { RouteLoading } from './RouteLoading.tsx';
import { Shell } from './Shell.tsx';
import { type Session, SessionContext } from './session.ts';
import { shareSession } from './tabs.ts';

/**
 * Asks who is signed in, then shows the shell, or what has to be done before. Nobody: the sign-in,
 * by the query client.
 */
export function Component() {
  const { data, error, refetch } = useOperation('getSession', {}, { fresh: 60_000 });
  const session = useMemo<Session | undefined>(
    () =>
      data && {
        ...data,
        database: openDatabase(data.databases, chosenDatabase),
        can: (...roles) => roles.includes(data.staff.role),
      },
    [data],
  );
  const signedIn = data?.staff.id;
  useEffect(() => (signedIn === undefined ? undefined : shareSession(signedIn)), [signedIn]);
  const wants = data?.two_factor_required === true && !data.staff.two_factor;
  // The second factor is on before its recovery codes are kept.
  const [enrols, setEnrols] = useState(false);
  if (wants && !enrols) setEnrols(true);
  if (session) {
    return (
      <SessionContext value={session}>
        {enrols ? <RequiredTwoFactor onDone={() => setEnrols(false)} /> : <Shell />}
      </SessionContext>
    );
  }
  if (!error || error.is('not_signed_in')) return <RouteLoading />;
  return (
    <Center mih="100dvh" p="md">
      <ErrorState error={error} onRetry={() => void refetch()} />
    </Center>
  );
}
