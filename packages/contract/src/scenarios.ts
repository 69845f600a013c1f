/** What a sandbox does wrong when a body names it as `scenario`. Only test keys may. */
export const scenarios = {
  lost_response:
    'The call takes effect and the connection is cut before the answer; the next try is answered.',
  slow: 'The answer comes after 5 seconds; beyond 10 calls at once it is 503.',
  rate_limited: 'The call is refused with 429 and Retry-After; the next try is answered.',
  server_error_once: 'The call fails with 500; the next try is answered.',
  big_batch: 'Every contact has a comment of 20,000 characters: 200 of them are about 4 MB.',
  hostile_text:
    'Names and comments are markup, formulas, quotes, line breaks, right-to-left text and emoji.',
} as const;

export type Scenario = keyof typeof scenarios;
