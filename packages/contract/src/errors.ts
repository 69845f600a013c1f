import { limits, sizeText } from './limits.ts';

/**
 * Every error of Relais: its code (the `Error-Code` header), its HTTP status, what it means and
 * what the caller does about it. The body is always `{"valid": false, "error": "<sentence>"}`.
 */
export const errors = {
  invalid_json: {
    status: 400,
    meaning: 'The body is empty, not UTF-8 or not JSON.',
    remedy: 'Send a JSON object as the body.',
  },
  invalid_request: {
    status: 400,
    meaning:
      'The body is not a JSON object, or gives a member twice; or the HTTP request is malformed.',
    remedy: 'Send one JSON object, each member once.',
  },
  missing_operation: {
    status: 400,
    meaning: 'The body has no "operation".',
    remedy: 'Add "operation" with the name of an operation.',
  },
  unknown_operation: {
    status: 400,
    meaning: 'No operation has this name.',
    remedy: 'Check the spelling; the error names the nearest one.',
  },
  ambiguous_credentials: {
    status: 400,
    meaning: 'Two different API keys were sent.',
    remedy: 'Send one key, in the x-api-key header.',
  },
  api_key_in_url: {
    status: 400,
    meaning: 'The API key was sent in the URL, where servers and proxies log it.',
    remedy: 'Send it in the x-api-key header, and have this key rotated.',
  },
  invalid_parameter: {
    status: 400,
    meaning: 'A parameter has a wrong type or value; the error names it.',
    remedy: 'Correct that parameter. Values are never adjusted silently.',
  },
  missing_api_key: {
    status: 401,
    meaning: 'No API key was sent.',
    remedy: 'Send your key in the x-api-key header.',
  },
  invalid_api_key: {
    status: 401,
    meaning: 'The API key is unknown.',
    remedy: 'Check that the key was copied whole.',
  },
  api_key_expired: {
    status: 401,
    meaning: 'The API key has expired.',
    remedy: 'Ask the agency for a new key.',
  },
  api_key_revoked: {
    status: 401,
    meaning: 'The API key was revoked.',
    remedy: 'Ask the agency for a new key.',
  },
  invalid_source_token: {
    status: 401,
    meaning: 'There is no such source, or the token of the source is missing or wrong.',
    remedy: 'Check the address and the token; the agency can make a new one.',
  },
  invalid_signature: {
    status: 401,
    meaning: "The notification's signature is missing or wrong.",
    remedy: 'Check that the app secret of the source is that of the Meta app.',
  },
  not_signed_in: {
    status: 401,
    meaning: 'The session is missing, has ended or was ended.',
    remedy: 'Sign in.',
  },
  wrong_credentials: {
    status: 401,
    meaning: 'The e-mail address, the password or the code is wrong.',
    remedy: 'Try again, or ask an admin for a new link.',
  },
  foreign_origin: {
    status: 403,
    meaning: 'The request comes from a page of another web origin.',
    remedy: 'Use the console at its own address.',
  },
  role_not_allowed: {
    status: 403,
    meaning: 'The role of the signed-in person does not allow this.',
    remedy: 'Ask an admin.',
  },
  two_factor_required: {
    status: 403,
    meaning: 'This installation requires a second factor, and the signed-in person has none yet.',
    remedy: 'Turn it on: beginTwoFactor, then confirmTwoFactor.',
  },
  operation_not_allowed: {
    status: 403,
    meaning: 'This key may not use this operation.',
    remedy: 'Ask the agency to allow it.',
  },
  address_not_allowed: {
    status: 403,
    meaning: 'This key may not be used from this address.',
    remedy: 'Call from an allowed address, or ask the agency to add yours.',
  },
  not_a_sandbox: {
    status: 403,
    meaning: 'Scenarios and resetSandbox are for test keys of a sandbox alone.',
    remedy: 'Use a test key, or leave "scenario" out.',
  },
  region_not_allowed: {
    status: 403,
    meaning: 'A region in "regionIds" is not one of the key; the error names it.',
    remedy: 'Use the ids that getRegions gives.',
  },
  programme_not_allowed: {
    status: 403,
    meaning: 'A programme in "programmeIds" is not in a region of the key; the error names it.',
    remedy: 'Use the ids that getProgrammes gives.',
  },
  origin_not_allowed: {
    status: 403,
    meaning: 'The source does not take forms from pages of this web origin.',
    remedy: 'Have the origin added to the source.',
  },
  not_found: {
    status: 404,
    meaning: 'Nothing is at this address.',
    remedy: 'The API is at POST /api/v1.',
  },
  record_not_found: {
    status: 404,
    meaning: 'What is asked for does not exist; the error names it.',
    remedy: 'Load the list again.',
  },
  pull_not_found: {
    status: 404,
    meaning: 'None of your pulls has this id.',
    remedy: 'Use the Pull-Id header of a pull, or the pull_id of a contact.',
  },
  method_not_allowed: {
    status: 405,
    meaning: 'The address does not answer this method; `Allow` says which it does.',
    remedy:
      'Use POST. Where you did, a redirect has made a GET of it: call the address that it leads to, such as https for http.',
  },
  request_timeout: {
    status: 408,
    meaning: 'The request did not arrive in time.',
    remedy: 'Send it again, with the same Idempotency-Key if it was a pull.',
  },
  idempotency_in_progress: {
    status: 409,
    meaning: 'A request with this Idempotency-Key is still running.',
    remedy: 'Wait for Retry-After seconds and repeat it.',
  },
  name_taken: {
    status: 409,
    meaning: 'The name is taken.',
    remedy: 'Choose another.',
  },
  record_in_use: {
    status: 409,
    meaning: 'Something else still needs it; the error says what.',
    remedy: 'Change that first.',
  },
  imported_before: {
    status: 409,
    meaning: 'The same file was imported into the source before; the error names the import.',
    remedy: 'Take that import back first.',
  },
  changed_meanwhile: {
    status: 409,
    meaning: 'Somebody else, or a pull, changed it since it was shown; the error says who.',
    remedy: 'Look again and decide anew.',
  },
  pull_released: {
    status: 409,
    meaning: 'This pull was released: its contacts are back in the queue.',
    remedy: 'Pull again with a new Idempotency-Key.',
  },
  release_window_closed: {
    status: 409,
    meaning: `A pull can be released within ${limits.releaseHours} hours.`,
    remedy: 'Ask the agency to put the contacts back.',
  },
  payload_too_large: {
    status: 413,
    meaning: `The body is larger than ${sizeText(limits.bodyBytes)}, or than ${sizeText(limits.leadBodyBytes)} at the intake of leads.`,
    remedy: 'Send a smaller body.',
  },
  expectation_failed: {
    status: 417,
    meaning: 'The Expect header asks for something other than 100-continue.',
    remedy: 'Leave the Expect header out.',
  },
  idempotency_mismatch: {
    status: 422,
    meaning: 'This Idempotency-Key was used with other parameters.',
    remedy: 'Repeat the same request, or use a new Idempotency-Key.',
  },
  rate_limited: {
    status: 429,
    meaning: 'Too many requests.',
    remedy: 'Wait for Retry-After seconds.',
  },
  headers_too_large: {
    status: 431,
    meaning: `The request headers are larger than ${sizeText(limits.headerBytes)}.`,
    remedy: 'Send fewer or shorter headers.',
  },
  internal_error: {
    status: 500,
    meaning: 'Something unexpected failed on our side.',
    remedy:
      'Repeat the request, with the same Idempotency-Key if it was a pull; give us the Request-Id if it goes on.',
  },
  unavailable: {
    status: 503,
    meaning: 'The service is busy, closing, or its database is away.',
    remedy:
      'Wait for Retry-After seconds and repeat, with the same Idempotency-Key if it was a pull.',
  },
} as const satisfies Record<string, { status: number; meaning: string; remedy: string }>;

export type ErrorCode = keyof typeof errors;
