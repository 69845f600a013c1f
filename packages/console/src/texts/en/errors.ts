import { formatsOf } from '../../lib/formats.ts';
import { withTimes } from '../../lib/said.ts';
import type { errors as french } from '../fr/errors.ts';

const { minute } = formatsOf('en');

export const errors: typeof french = {
  other: 'This could not be done.',
  codes: {
    no_answer: 'The server does not answer. Check your connection and try again.',
    maybe_done: 'No answer from the server: it may be done. Check before you do it again.',
    invalid_parameter: 'A value is not accepted.',
    not_signed_in: 'Your session has ended. Sign in again.',
    wrong_credentials: 'Wrong address, password or code.',
    foreign_origin: 'Open the console at its own address.',
    role_not_allowed: 'Your role does not allow this.',
    two_factor_required: 'Turn two-step verification on first.',
    record_not_found: 'This no longer exists.',
    name_taken: 'This name is taken.',
    record_in_use: 'This is still in use.',
    imported_before: 'This file was imported before.',
    changed_meanwhile: 'Somebody changed it meanwhile. Look again and decide anew.',
    release_window_closed: 'This pull is too old to be released.',
    pull_released: 'This pull has been released already.',
    payload_too_large: 'This is too large.',
    rate_limited: 'Too many requests. Wait a moment.',
    unavailable: 'The service is unavailable for a moment.',
    internal_error: 'Something unexpected failed on our side.',
  },
  said: (sentence: string) => withTimes(sentence, minute) || undefined,
  badValue: 'This value is not accepted.',
  retry: 'Try again',
  requestId: 'Reference',
  pageFailed: 'This page could not be shown.',
  reload: 'Reload the page',
};
