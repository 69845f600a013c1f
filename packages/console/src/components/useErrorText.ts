import { useCallback } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { fieldErrors } from '../lib/fieldErrors.ts';
import { errors as en } from '../texts/en/errors.ts';
import { errors as fr } from '../texts/fr/errors.ts';
import { textsOf } from '../texts/textsOf.ts';

export const useErrorTexts = textsOf({ fr, en });

/** Codes whose sentence from the server names what is meant: shown beneath our own. */
const TELLING = new Set([
  'invalid_parameter',
  'record_not_found',
  'record_in_use',
  'imported_before',
  'changed_meanwhile',
  'name_taken',
  'release_window_closed',
  'unavailable',
]);

export interface ErrorText {
  readonly title: string;
  readonly detail: string | undefined;
}

/** An error in words: ours, and the server's where it says more, both in the language of the page. */
export function useErrorText(): (error: ApiError) => ErrorText {
  const texts = useErrorTexts();
  return useCallback(
    ({ code, message }) => ({
      title: texts.codes[code] ?? texts.said(message) ?? texts.other,
      detail: TELLING.has(code) ? texts.said(message) : undefined,
    }),
    [texts],
  );
}

/** What a refusal says of the fields of a form, in the language of the page: see fieldErrors. */
export function useFieldErrors(): typeof fieldErrors {
  const texts = useErrorTexts();
  return useCallback(
    (error, fields) => {
      const found = fieldErrors(error, fields);
      const rule = error?.parameter?.rule ?? '';
      const told = texts.said(rule) ?? texts.badValue;
      return (
        found &&
        (Object.fromEntries(Object.keys(found).map((name) => [name, told])) as typeof found)
      );
    },
    [texts],
  );
}
