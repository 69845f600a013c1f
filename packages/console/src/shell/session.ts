import type { Role } from '@relais/contract';
import { createContext, useContext } from 'react';
import type { Answer } from '../api/call.ts';

type Known = Pick<Answer<'getSession'>, 'staff' | 'databases' | 'two_factor_required'>;

export interface Session extends Known {
  /** The CRM database that the screens are of. */
  readonly database: Answer<'getSession'>['databases'][number] | undefined;
  /** Whether the person has one of these roles. What is not allowed is not shown. */
  can(...roles: readonly Role[]): boolean;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who is signed in. Only for what is inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is called outside of the shell');
  return session;
}
