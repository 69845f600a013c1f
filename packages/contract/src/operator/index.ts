import { getSession } from './getSession.ts';

/** The operations of the console, `POST /operator/v1`. */
export const operatorOperations = {
  getSession,
} as const;

export type OperatorOperations = typeof operatorOperations;
export type OperatorOperationName = keyof OperatorOperations;
