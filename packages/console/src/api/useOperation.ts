import type { OperatorOperationName } from '@relais/contract';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ApiError } from './apiError.ts';
import { type Answer, call, type Parameters } from './call.ts';
import { chosenDatabase } from './chosenDatabase.ts';

export interface OperationOptions<Name extends OperatorOperationName> {
  /** False: not asked yet. */
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds, while the page is looked at; the last answer may say. */
  readonly every?: number | ((last: Answer<Name> | undefined) => number | false);
  /** True: the last answer stays until the one for other parameters is here. */
  readonly keepsLast?: boolean;
  /** How long an answer counts as fresh, in milliseconds. */
  readonly fresh?: number;
}

/** Under which key an operation's answers are kept; without parameters: all of them. */
export const keyOf = <Name extends OperatorOperationName>(
  name: Name,
  parameters?: Parameters<Name>,
) => (parameters ? [name, chosenDatabase, parameters] : [name, chosenDatabase]);

/** The answer of an operation that changes nothing. */
export function useOperation<Name extends OperatorOperationName>(
  name: Name,
  parameters: Parameters<Name>,
  { enabled = true, every, keepsLast = false, fresh }: OperationOptions<Name> = {},
): UseQueryResult<Answer<Name>, ApiError> {
  return useQuery<Answer<Name>, ApiError>({
    queryKey: keyOf(name, parameters),
    queryFn: ({ signal }) => call(name, parameters, signal),
    enabled,
    ...(every === undefined ? {} : { refetchInterval: intervalOf(every) }),
    ...(fresh === undefined ? {} : { staleTime: fresh }),
    ...(keepsLast ? { placeholderData: keepPreviousData } : {}),
  });
}

/** As TanStack Query takes it: a function of the query and not of its answer. */
const intervalOf = <Data>(every: number | ((last: Data | undefined) => number | false)) =>
  typeof every === 'number'
    ? every
    : ({ state }: { readonly state: { readonly data: Data | undefined } }) => every(state.data);
