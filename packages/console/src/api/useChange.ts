import type { OperatorOperationName } from '@relais/contract';
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTold } from '../components/useTold.tsx';
import { ApiError } from './apiError.ts';
import { type Answer, call, type Parameters } from './call.ts';
import { keyOf } from './useOperation.ts';

interface ChangeOptions<Name extends OperatorOperationName> {
  /** The operations whose answers the change makes old. */
  readonly invalidates?: readonly OperatorOperationName[];
  /** What is told when it is done; nothing when left out. */
  readonly done?: string | ((answer: Answer<Name>, parameters: Parameters<Name>) => string);
  /** False: the caller shows a refusal itself, in a form for example, for as long as it is shown. */
  readonly tellsRefusal?: boolean;
  /** True: to do it twice is the same as once, so that without an answer it is simply tried again. */
  readonly repeatable?: boolean;
  readonly onDone?: (answer: Answer<Name>, parameters: Parameters<Name>) => void;
}

/**
 * An operation that changes something: `change.mutate(parameters)`. It is told when it is done and
 * why it was not, and what it makes old is asked for again before `onDone`; also where it was
 * refused because somebody else has made that old, or where it may have been done nevertheless.
 */
export function useChange<Name extends OperatorOperationName>(
  name: Name,
  {
    invalidates = [],
    done,
    tellsRefusal = true,
    repeatable = false,
    onDone,
  }: ChangeOptions<Name> = {},
): UseMutationResult<Answer<Name>, ApiError, Parameters<Name>> {
  const queries = useQueryClient();
  const told = useTold();
  const askAgain = () =>
    Promise.all(invalidates.map((other) => queries.invalidateQueries({ queryKey: keyOf(other) })));
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useMutation<Answer<Name>, ApiError, Parameters<Name>>({
    mutationKey: [name],
    mutationFn: (parameters) => (repeatable ? call(name, parameters) : callOnce(name, parameters)),
    onSuccess: async (answer, parameters) => {
      await askAgain();
      const text = typeof done === 'function' ? done(answer, parameters) : done;
      if (text !== undefined) told.done(text);
      onDone?.(answer, parameters);
    },
    onError: (error) => {
      const isUnsure = error.is('maybe_done') || error.status >= 500;
      if (isUnsure || error.is('changed_meanwhile')) void askAgain();
      // A form can show it no more that was left before its answer came, or goes with the right to it.
      const isGone = !isShown.current || error.is('role_not_allowed');
      if (tellsRefusal || isGone) told.refused(error);
    },
  });
}

/** Calls an operation; without an answer it may have been done, unless nothing could be sent. */
async function callOnce<Name extends OperatorOperationName>(
  name: Name,
  parameters: Parameters<Name>,
): Promise<Answer<Name>> {
  const isOnline = navigator.onLine;
  return call(name, parameters).catch((error: unknown) => {
    const isLost = isOnline && error instanceof ApiError && error.is('no_answer');
    throw isLost ? new ApiError({ status: error.status, code: 'maybe_done' }) : error;
  });
}
