import type { OperatorOperationName } from '@relais/contract';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTold } from '../components/useTold.tsx';
import type { ApiError } from './apiError.ts';
import { type Answer, call, type Parameters } from './call.ts';
import { keyOf } from './useOperation.ts';

interface ChangeOptions<Name extends OperatorOperationName> {
  /** The operations whose answers the change makes old. */
  readonly invalidates?: readonly OperatorOperationName[];
  /** What is told when it is done; nothing when left out. */
  readonly done?: string | ((answer: Answer<Name>, parameters: Parameters<Name>) => string);
  /** False: the caller shows a refusal itself, in a form for example. */
  readonly tellsRefusal?: boolean;
  readonly onDone?: (answer: Answer<Name>, parameters: Parameters<Name>) => void;
}

/**
 * An operation that changes something: `change.mutate(parameters)`. It is told when it is done and
 * why it was not, and what it makes old is asked for again before `onDone`; also where it was
 * refused because somebody else has made that old.
 */
export function useChange<Name extends OperatorOperationName>(
  name: Name,
  { invalidates = [], done, tellsRefusal = true, onDone }: ChangeOptions<Name> = {},
): UseMutationResult<Answer<Name>, ApiError, Parameters<Name>> {
  const queries = useQueryClient();
  const told = useTold();
  const askAgain = () =>
    Promise.all(invalidates.map((other) => queries.invalidateQueries({ queryKey: keyOf(other) })));
  return useMutation<Answer<Name>, ApiError, Parameters<Name>>({
    mutationKey: [name],
    mutationFn: (parameters) => call(name, parameters),
    onSuccess: async (answer, parameters) => {
      await askAgain();
      const text = typeof done === 'function' ? done(answer, parameters) : done;
      if (text !== undefined) told.done(text);
      onDone?.(answer, parameters);
    },
    onError: (error) => {
      if (error.is('changed_meanwhile')) void askAgain();
      if (tellsRefusal) told.refused(error);
    },
  });
}
