import { clientOperations } from '@relais/contract';

/** What a reader replaces by a key of their own. */
export const KEY_PLACEHOLDER = 'YOUR_API_KEY';

const IDEMPOTENCY_KEY = 'import-2026-11-23-0900';

/** A curl command of the page. */
export interface CurlExample {
  readonly operation: string;
  readonly command: string;
}

/** A word of a shell command: as it is when that is safe, otherwise in single quotes. */
export const shellWord = (text: string): string =>
  /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const header = (name: string, value: string): string => `-H ${shellWord(`${name}: ${value}`)}`;

const lines = (parts: readonly string[]): string => parts.join(' \\\n  ');

/** The curl commands of the page, one per operation: ready to be pasted, but for the key. */
export function curlExamples({ baseUrl }: { baseUrl: string }): CurlExample[] {
  return Object.values(clientOperations).map(({ name, request, example }) => ({
    operation: name,
    command: lines([
      `curl ${shellWord(`${baseUrl}/api/v1`)}`,
      header('x-api-key', KEY_PLACEHOLDER),
      ...('idempotencyKey' in request.shape ? [header('Idempotency-Key', IDEMPOTENCY_KEY)] : []),
      `-d ${shellWord(JSON.stringify({ operation: name, ...example.request }))}`,
    ]),
  }));
}

/** A pull that curl repeats, under the same Idempotency-Key, until it is answered. */
export const repeatedPull = ({ baseUrl }: { baseUrl: string }): string =>
  lines([
    'curl --retry 5 --retry-all-errors',
    shellWord(`${baseUrl}/api/v1`),
    header('x-api-key', KEY_PLACEHOLDER),
    header('Idempotency-Key', IDEMPOTENCY_KEY),
    `-d ${shellWord(JSON.stringify({ operation: clientOperations.pullContacts.name }))}`,
    '-o contacts.json',
  ]);
