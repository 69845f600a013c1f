import { useCallback } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { errors as en } from '../texts/en/errors.ts';
import { errors as fr } from '../texts/fr/errors.ts';
import { textsOf } from '../texts/textsOf.ts';

export const useErrorTexts = textsOf({ fr, en });

/** Codes whose sentence from the server names what is meant: shown beneath our own. */
const TELLING = new Set([
  'invalid_parameter',
  'record_not_found',
  'record_in_use',
  'changed_meanwhile',
  'name_taken',
  'release_window_closed',
  'unavailable',
]);

export interface ErrorText {
  readonly title: string;
  readonly detail: string | undefined;
}

/** An error in words: ours, and the server's where it says more. */
export function useErrorText(): (error: ApiError) => ErrorText {
  const texts = useErrorTexts();
  return useCallback(
    ({ code, message }) => ({
      title: texts.codes[code] ?? (message || texts.other),
      detail: TELLING.has(code) && message ? message : undefined,
    }),
    [texts],
  );
}
