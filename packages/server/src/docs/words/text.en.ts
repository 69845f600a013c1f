import { daysText as days, limits, sizeText } from '@relais/contract';
import { KEY_VARIABLE } from '../samples/index.ts';
import { english } from './contract.ts';

/**
 * The page's own words; `text.fr.ts` says the same in French. What the contract says of itself is
 * not repeated here, and numbers come from it.
 */
export const text = {
  lang: 'en',
  /** What the language calls itself. */
  language: 'English',
  contract: english,
  title: 'Client API Documentation',
  tagline:
    'Integrate seamlessly with our CRM to sync regions, real estate programmes, and automatically pull the latest generated contacts.',
  skip: 'Skip to content',
  menu: 'Contents',
  groups: { start: 'Getting started', operations: 'Operations', reference: 'Reference' },
  theme: 'Switch between light and dark',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Selected: now copy it',
  anchor: 'Link to',
  anchorCopied: 'Link copied',
  status: {
    checking: 'checking status…',
    ok: 'operational',
    unavailable: 'unavailable',
    unreachable: 'unreachable',
  },
  search: {
    title: 'Search',
    label: 'Search this page',
    close: 'Close',
    none: 'Nothing found. Try the name of an operation, a parameter, a header or an error.',
    /** What a result is. */
    kinds: {
      section: 'Section',
      operation: 'Operation',
      parameter: 'Parameter',
      field: 'Field',
      error: 'Error',
      header: 'Header',
    },
  },
  introduction: {
    title: 'Introduction',
    first: 'Your first call',
    body: [
      'Welcome to the CRM Client API. This API provides a single webhook endpoint designed for clients to programmatically fetch data securely. We utilize a highly optimized backend to deliver enriched datasets in real-time.',
      'You send one `POST` request; its body names the operation; the answer is JSON. Three calls are enough to begin: fetch your regions, look at the contacts that are ready, then pull them.',
    ],
    tools: 'For your tools:',
  },
  baseUrl: {
    title: 'Base URL',
    body: 'Every operation is a `POST` to this one address. The body is read as UTF-8 JSON, whatever its `Content-Type`.',
  },
  authentication: {
    title: 'Authentication',
    body: [
      'All API requests are authenticated using an API Key. This key is securely mapped to your authorized database, regions, and pull statuses.',
      'You can authenticate by passing your key in the request headers (recommended) or in the JSON body, as `apiKey`. Sending two different keys is an error. A key in the URL is refused, because URLs are logged on the way.',
      `The samples of this page read the key from the environment variable \`${KEY_VARIABLE}\`, so that it never stands in your code.`,
    ],
    header: 'Authentication header',
    variable: 'Your key, for the samples',
    warningTitle: 'Keep your key on your server',
    warning:
      'Never expose it in client-side code or in a public repository: whoever has it can take your contacts. If it has leaked, ask us to rotate it; the old key can go on working for a while as you switch.',
  },
  request: 'Request body',
  response: 'Response',
  samples: {
    languages: 'Language of the sample',
    /** The comment at an Idempotency-Key. */
    pullNote: [
      'A new name for each pull, kept until its contacts are',
      'stored: sent again, it brings the same contacts.',
    ],
    pullHint:
      'Give each pull an `Idempotency-Key` of its own and keep it until you have stored the contacts. No answer? Send the same request again.',
  },
  answerList: 'The answer is an array, empty when there is nothing to give.',
  answerObject: 'The answer is one object.',
  parameters: 'Parameters',
  operationOnly: 'Provide the `operation` parameter. There are no others.',
  unknownIgnored: 'Beside `operation`. Members that the operation does not know are passed over.',
  unknownRefused: 'Beside `operation`. Members that the operation does not know are refused.',
  fields: 'Fields of the answer',
  contactFields: 'Fields of a contact',
  sameAs: 'Structure is identical to',
  publishedFields: (count: number) =>
    `The ${count} fields marked “published” were there from the first version. None is ever left out: what is unknown is \`null\`. More fields may be added, so pass over those that you do not know.`,
  furtherFields: (count: number) => `${count} more fields, with their meaning`,
  published: 'published',
  example: 'Example:',
  ownErrors: 'Errors',
  sharedErrors: 'Any operation may also answer with one of the',
  sharedErrorsLink: 'errors that all share',
  onlySharedErrors: 'It has none of its own. Any operation may answer with one of the',
  ownHeaders: 'Response headers',
  sharedHeaders: 'And those that',
  sharedHeadersLink: 'every answer may carry',
  onlySharedHeaders: 'None beside those that',
  retryTitle: 'If you get no answer',
  retry: {
    always: 'Send it again: repeating this call does no harm.',
    'with the same Idempotency-Key':
      'Send it again with the same `Idempotency-Key`: the same contacts come back. Without one, look into `getPulledContacts`.',
  },
  changes: 'changes data',
  readOnly: 'read-only',
  colon: ': ',
  required: 'required',
  optional: 'optional',
  types: {
    of: { 'date-time': 'date and time', uuid: 'UUID', any: 'any' } as Record<string, string>,
    list: (item: string) => `list of ${item}s`,
    nullable: (type: string) => `${type} or null`,
  },
  tryIt: {
    title: 'Try it',
    intro:
      'Sends a real request to this server. Your key stays in the memory of this page: it is stored nowhere, and gone when you reload.',
    key: 'Your API key',
    send: 'Send',
    sending: 'Waiting for the answer…',
    numbers: 'Several are separated by commas: 30, 62',
    idempotencyKey:
      'Filled in for you. Sent again, it brings the same contacts; take a new one for the next pull.',
    newKey: 'New key',
    /** Of the operations that change data: what happens, and the question before. */
    changes: {
      pullContacts: {
        warning: `This marks contacts as pulled, as your own software would. \`releasePull\` puts them back within ${limits.releaseHours} hours. With a test key (\`relais_test_…\`), your real contacts stay as they are.`,
        question: 'Pull now? The contacts of the answer are then marked as pulled.',
        yes: 'Pull now',
      },
      releasePull: {
        warning:
          'This makes the contacts of the pull ready again: your own software will receive them a second time.',
        question: 'Release this pull now? Its contacts are then ready again.',
        yes: 'Release now',
      },
      resetSandbox: {
        warning:
          'This makes the contacts of the sandbox what they were at the beginning, for every key of it. With any other key it is refused.',
        question: 'Reset the sandbox now? All of its pulls are forgotten.',
        yes: 'Reset now',
      },
    } as Record<string, { warning: string; question: string; yes: string }>,
    cancel: 'Cancel',
    noKey: 'Enter your API key first.',
    badKey: 'An API key holds only letters, digits and underscores.',
    noAnswer:
      'No answer came: the server cannot be reached, or took too long. The request may have been carried out all the same; send it again as it is.',
    answer: 'Answer',
    noAnswerYet: 'The answer will be here.',
    status: 'Status',
    time: 'Time',
    headers: 'Headers',
    body: 'Body',
    asCurl: 'This request as curl',
  },
  connection: {
    title: 'If the connection drops',
    repeat: 'A pull, repeated until it is answered',
    body: [
      'A pull marks contacts as pulled at once. When the answer is lost on the way, they are marked all the same; with a 500 or 503 they may be, for the database can have confirmed just before the failure. Nothing is lost: there are four ways to deal with it.',
    ],
    steps: [
      `**Name your pulls.** Send an \`Idempotency-Key\` header with each pull, a text that you never use for another, and keep it until you have stored the contacts. Where a proxy on the way may drop headers that it does not know, give it in the body, as \`idempotencyKey\`. After a time-out or an error, send the same request with the same key: you get the same contacts, in the same order, byte for byte, for ${days(limits.idempotencyHours)}. \`Idempotency-Replayed: true\` says that it is a repeat.`,
      `**Look back.** \`getPulledContacts\` lists what you pulled in the last ${days(limits.pulledHours)}, newest first, each with its \`pull_id\`. A batch that was lost a moment ago is on its first page, less the contacts that the agency has given another statut since: \`getPullBatch\` has them all. \`Pulls-Uncertain\` names the pulls whose answer is not known to have been written whole. That a pull is not named proves nothing, for what was written may be lost on the way: only a repeat under its \`Idempotency-Key\` is certain.`,
      '**Ask for a batch again.** `getPullBatch` gives one pull again, as it was delivered.',
      `**Put a batch back.** \`releasePull\` makes its contacts ready again, at their old place, within ${limits.releaseHours} hours.`,
    ],
    promise: 'What we promise',
    after: [
      'No contact is lost, and a repeated request returns the same contacts. A contact can reach you twice: by a repeat, or after a release. Store `action_id` with a unique index and pass over what you have already; then a repeat, whatever its cause, does no harm. An id is one of the CRM database that a key opens: where you have keys of several, keep what each brings apart.',
      'The only difference that a repeat may show: contacts that your key may no longer see, or persons erased since, are left out and counted in `Pull-Withheld`. A pull that you or the agency released since is not repeated: the answer is 409 `pull_released`. Forget its `Idempotency-Key` then, for its contacts come with another pull.',
    ],
  },
  limits: {
    title: 'Limits',
    rows: [
      ['Contacts in one `readContacts`', `${limits.contacts.readContacts}`],
      ['Contacts in one `pullContacts`', `${limits.contacts.pullContacts}`],
      ['Contacts in one `getPulledContacts`', `${limits.contacts.getPulledContacts}`],
      [
        'How far `getPulledContacts` reaches back',
        `${days(limits.pulledHours)} (${limits.pulledHours} hours)`,
      ],
      [
        'How long an `Idempotency-Key` can be repeated',
        `${days(limits.idempotencyHours)} (${limits.idempotencyHours} hours)`,
      ],
      ['How long a pull can be released', `${limits.releaseHours} hours`],
      ['Size of a request body', sizeText(limits.bodyBytes)],
      ['Requests a minute', 'in `RateLimit-Policy`'],
    ],
    body: 'Lists that hold more than one answer may carry say so with `Result-Truncated: true`, and `Next-Cursor` is the `cursor` that asks for what follows. `RateLimit-Policy` and `RateLimit` say on every answer of this address how many requests you may make, and how many are left; after a 429, wait for `Retry-After` seconds.',
  },
  errors: {
    title: 'Error Handling',
    body: [
      'If an invalid API Key is provided, or an unknown operation is requested, the API will return a 401 Unauthorized or 400 Bad Request status. Every error has a body of these two fields, and no other.',
      'The `Error-Code` header says the same for programs. With `Accept: application/problem+json` you get problem details (RFC 9457) instead.',
    ],
    all: 'All errors',
    columns: ['Status', 'Error-Code', 'Meaning', 'What to do'],
  },
  headers: {
    title: 'Response headers',
    body: 'Upper and lower case are the same in the names of headers. A header that has nothing to say is left out.',
    columns: ['Header', 'Meaning', 'On'],
    anyAnswer: 'any answer',
  },
  sandbox: {
    title: 'Sandbox',
    body: [
      'A test key opens a sandbox: invented people, the same each time. Its answers carry `Environment: test`. Ask us for one. The ids of its contacts begin above 2,000,000,000, where no real one has its own. Try there what must not go wrong, as often as you like: `resetSandbox` makes everything what it was.',
      'With a test key, any body may have a member `scenario`: then something goes wrong on purpose, as it does one day in earnest. With any other key it is refused.',
    ],
    columns: ['scenario', 'What happens'],
    example: 'A pull whose answer is lost',
  },
  recipes: {
    title: 'Recipes',
    body: [
      'Each of these survives a lost answer and a program that is killed: it names its pull before it is sent, and forgets the name once the contacts are stored. Two runs at once do no harm either: the second fails. n8n survives less, as it says there. Our tests run every one of them.',
      'The command line and the SDK are one package without dependencies, for Node 20 and later: `npm install --global @relais/client`, or `npm install @relais/client` in your project.',
    ],
    of: {
      cron: {
        title: 'Every night into a CSV file, with cron',
        body: 'Put the key into `relais-key` (`chmod 600 relais-key`), then add these lines with `crontab -e`. Cron finds programs only along the `PATH` that stands there: put the folders in front that `command -v relais-client` and `command -v node` name, if they are others. Killed in the middle, the next run goes on: each contact stands in one file, once.',
      },
      sdk: {
        title: 'Node, into any CRM',
        body: 'The SDK retries, waits as it is told, and repeats the same pull after a restart. Your handler puts one contact into your CRM; `PUT` under the `action_id` makes a repeat harmless. A second run, while one is under way, fails with `StoreInUseError`; another key, while a pull of the first is not finished, fails with `OtherKeyError`: give each key a file of its own.',
      },
      php: {
        title: 'PHP, without the SDK',
        body: 'For PHP 8.2 and later. One file for each contact, named after its `action_id`; put your own store in its place, and have it fail when it can not write. `pending.txt` keeps the name of the pull until its contacts are stored. All of this stands beside the file: keep it out of the folders that a web server shows.',
      },
      python: {
        title: 'Python, without the SDK',
        body: 'The standard library alone. The contacts and the end of the pull are stored in one transaction.',
      },
      n8n: {
        title: 'n8n',
        body: 'Copy the workflow and paste it into an empty one. Choose a credential of type “Header Auth” with the name `x-api-key` for “Pull contacts”, and the address of your CRM in the last node. It takes at most 200 contacts an hour: choose a shorter interval if you get more. A retry of a node repeats the same pull, because its name is that of the execution. The next execution has another name: if all five tries fail, or n8n is stopped before “To your CRM” has ended, those contacts are marked as pulled and do not come again by themselves. Then find their `pull_id` with `getPulledContacts`, and put the batch back with `releasePull`. Any of the other recipes survives that too.',
      },
    },
  },
  openapi: 'OpenAPI document',
  markdown: 'This page as Markdown',
};

export type Text = typeof text;
