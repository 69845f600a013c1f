import type { Received } from './attempt.ts';
import { InvalidAnswerError } from './errors.ts';
import type { Contact, Page, Pull, PulledPage, Release } from './types.ts';

/** The rows of an answer, each with these ids. */
export function rowsOf<Row>(received: Received, ids: readonly string[]): Row[] {
  const { data } = received;
  const isRow = (row: unknown) =>
    typeof row === 'object' &&
    row !== null &&
    ids.every((id) => Number.isSafeInteger((row as Record<string, unknown>)[id]));
  if (Array.isArray(data) && data.every(isRow)) return data as Row[];
  throw invalid('The answer is no list of what was asked for.', received);
}

const invalid = (message: string, { status, headers }: Received): InvalidAnswerError =>
  new InvalidAnswerError(message, {
    status,
    requestId: headers.get('request-id') ?? undefined,
  });

export const contactsOf = (received: Received): Contact[] =>
  rowsOf<Contact>(received, ['action_id', 'prospect_id', 'programme_id']);

export const pageOf = (received: Received): Page => ({
  contacts: contactsOf(received),
  next: received.headers.get('next-cursor') ?? undefined,
});

export const pulledPageOf = (received: Received): PulledPage => ({
  ...pageOf(received),
  uncertainPulls: (received.headers.get('pulls-uncertain') ?? '').split(/[ ,]+/).filter(Boolean),
});

export function pullOf(received: Received, idempotencyKey: string | undefined): Pull {
  const contacts = contactsOf(received);
  const { headers } = received;
  const count = numberOf(headers, 'pull-count');
  if (count !== undefined && count !== contacts.length) {
    throw invalid(`The answer holds ${contacts.length} contacts of ${count}.`, received);
  }
  return {
    contacts,
    id: headers.get('pull-id') ?? undefined,
    seq: numberOf(headers, 'pull-seq'),
    remaining: numberOf(headers, 'pull-remaining'),
    withheld: numberOf(headers, 'pull-withheld') ?? 0,
    replayed: headers.get('idempotency-replayed') === 'true',
    idempotencyKey,
  };
}

export function releaseOf(received: Received): Release {
  const { data } = received;
  if (typeof data === 'object' && data !== null && 'released_at' in data) return data as Release;
  throw invalid('The answer does not say what was released.', received);
}

function numberOf(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
