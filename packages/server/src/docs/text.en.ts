/** The page's own words. What the contract says of itself is not repeated here. */
export const text = {
  lang: 'en',
  title: 'Client API Documentation',
  tagline:
    'Integrate seamlessly with our CRM to sync regions, real estate programmes, and automatically pull the latest generated contacts.',
  skip: 'Skip to content',
  menu: 'Contents',
  theme: 'Switch between light and dark',
  copy: 'Copy',
  copied: 'Copied',
  anchor: 'Link to this section',
  checking: 'checking status…',
  introduction: {
    title: 'Introduction',
    first: 'Your first call',
    body: [
      'Welcome to the CRM Client API. This API provides a single webhook endpoint designed for clients to programmatically fetch data securely. You send one `POST` request; its body names the operation; the answer is JSON.',
      'Three calls are enough to begin: fetch your regions, look at the contacts that are ready, then pull them.',
    ],
  },
  baseUrl: { title: 'Base URL' },
  authentication: {
    title: 'Authentication',
    body: [
      'All API requests are authenticated using an API Key. This key is securely mapped to your authorized database, regions, and pull statuses.',
      'Pass your key in the `x-api-key` request header (recommended), or in the JSON body as `apiKey`. Sending two different keys is an error. A key in the URL is refused, because URLs are logged on the way.',
    ],
    header: 'Authentication header',
    warningTitle: 'Keep your key on your server.',
    warning:
      'Never expose it in client-side code or in a public repository: whoever has it can take your contacts. If it has leaked, ask us to rotate it; the old key can go on working for a while as you switch.',
  },
  request: 'Request body',
  response: 'Response',
  responseNote: 'The answer is an array, empty when there is nothing to give.',
  parameters: 'Parameters',
  noParameters: 'This operation has no parameters besides `operation`.',
  unknownIgnored: 'All are optional. Members that the operation does not know are passed over.',
  unknownRefused: 'Members that the operation does not know are refused.',
  fields: 'Fields of the answer',
  contactFields: 'The fields of a contact',
  contactNote: 'Structure is identical to readContacts.',
  allFields: 'All 37 fields, with their meaning',
  published: 'published',
  ownErrors: 'Errors of this operation',
  ownHeaders: 'Response headers',
  retryTitle: 'If you get no answer',
  retry: {
    always: 'Send it again: repeating this call does no harm.',
    'with the same Idempotency-Key':
      'Send it again with the same `Idempotency-Key`: the same contacts come back. Without one, look into `getPulledContacts`.',
  },
  changes: 'changes data',
  readOnly: 'read-only',
  required: 'required',
  optional: 'optional',
  connection: {
    title: 'If the connection drops',
    body: [
      'A pull marks contacts as pulled at once. When the answer is lost on the way, they are marked all the same. Nothing is lost: there are four ways to get them.',
    ],
    steps: [
      '**Name your pulls.** Send an `Idempotency-Key` header with each pull, a text that you never use for another, and keep it until you have stored the contacts. After a time-out or an error, send the same request with the same key: you get the same contacts, in the same order, byte for byte, for 30 days. `Idempotency-Replayed: true` says that it is a repeat.',
      '**Look back.** `getPulledContacts` lists what you pulled in the last 30 days, newest first, each with its `pull_id`. A batch that was lost a moment ago is on its first page. `Pulls-Uncertain` names the pulls whose answer may not have reached you.',
      '**Ask for a batch again.** `getPullBatch` gives one pull again, as it was delivered.',
      '**Put a batch back.** `releasePull` makes its contacts ready again, at their old place, within 24 hours.',
    ],
    after:
      'What we promise: no contact is lost, and a repeated request returns the same contacts. Store `action_id` with a unique index and pass over what you have already: then a repeat, whatever its cause, does no harm.',
  },
  limits: {
    title: 'Limits',
    rows: [
      ['Contacts in one readContacts or pullContacts', '200'],
      ['Contacts in one getPulledContacts', '500'],
      ['How far getPulledContacts and an Idempotency-Key reach back', '30 days (720 hours)'],
      ['How long a pull can be released', '24 hours'],
      ['Size of a request body', '64 kB'],
      ['Requests', 'see the RateLimit headers of every answer'],
    ],
  },
  errors: {
    title: 'Error Handling',
    body: [
      'If an invalid API Key is provided, or an unknown operation is requested, the API will return a 401 Unauthorized or 400 Bad Request status. Every error has this body, and nothing else:',
      'The `Error-Code` header says the same for programs. With `Accept: application/problem+json` you get problem details (RFC 9457) instead. On 409, 429 and 503, `Retry-After` says how many seconds to wait.',
    ],
    columns: ['Status', 'Error-Code', 'Meaning', 'What to do'],
  },
  headers: {
    title: 'Response headers',
    columns: ['Header', 'Meaning'],
  },
  openapi: 'OpenAPI document',
};

export type Text = typeof text;
