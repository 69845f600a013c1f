import type { OperatorOperationName } from '@relais/contract';
import type { OperatorHandler } from '../operatorCall.ts';
import { getSession } from './getSession.ts';

/** The code of each operation of the console. */
export const operatorHandlers: { readonly [Name in OperatorOperationName]: OperatorHandler<Name> } =
  {
    getSession,
  };
