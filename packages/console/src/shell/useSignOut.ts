import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useChange } from '../api/useChange.ts';
import { tellSignedOut } from './tabs.ts';

/** Ends the session; nothing of what it was shown is kept. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useChange('signOut', {
    repeatable: true,
    onDone: () => {
      tellSignedOut();
      void navigate('/sign-in', { replace: true });
      queries.clear();
    },
  });
  return () => signOut.mutate({});
}
