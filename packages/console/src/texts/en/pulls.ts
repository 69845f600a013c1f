import { pluralEn } from '../../lib/plural.ts';
import type { pulls as french } from '../fr/pulls.ts';

export const pulls: typeof french = {
  title: 'Pulls',
  about: 'What clients have received, batch by batch.',
  name: (client, seq) => `${client}, no. ${seq}`,
  columns: {
    name: 'Pull',
    pulledAt: 'When',
    contacts: 'Contacts',
    state: 'Delivery',
    key: 'Key',
    statuts: 'Statuts',
    released: 'Release',
  },
  filters: { client: 'Client', key: 'Key', period: 'Period', state: 'Delivery' },
  keyOf: (id, client) => `${id} · ${client}`,
  anyState: 'Any delivery',
  states: { written: 'Answer written', uncertain: 'Uncertain', released: 'Released' },
  explained: {
    written: 'The answer left whole.',
    empty: 'No contact was ready: there was nothing to hand out.',
    uncertain: 'The answer may not have arrived whole.',
    released: (count) => `${pluralEn(count, 'contact', 'contacts')} put back to ready.`,
  },
  none: {
    title: 'No pulls',
    text: 'A pull appears here once a client asks for its contacts by the API. See that it has a key.',
    clients: 'Clients and keys',
  },
  notFound: {
    title: 'No pull found',
    text: 'No pull matches these filters.',
    clear: 'Clear the filters',
  },
  pull: {
    title: (seq) => `Pull no. ${seq}`,
    gone: 'There is no such pull. The address may be incomplete.',
    client: 'Client',
    key: 'Key',
    pulledAt: 'Asked for',
    state: 'Delivery',
    writtenAt: 'Answer written',
    unknown: 'not observed',
    repeat: 'Repeating',
    idempotent: 'The client can ask for the same pull again.',
    notIdempotent: 'Asked for without an idempotency key: it cannot be repeated.',
    statuts: 'Statuts',
    fromTo: (from, to) => `from “${from}” to “${to}”`,
    releasedAt: 'Released',
    releasedBy: (nom) => `by ${nom}`,
    byClient: 'by the client itself',
    reason: 'Reason',
    putBack: 'Put back',
    ofAll: (released, contacts) => `${released} of ${contacts} contacts`,
    id: 'Id',
  },
  items: {
    title: (count) => pluralEn(count, 'contact', 'contacts'),
    about: 'In the order and as they were handed out.',
    empty: 'No contact was ready.',
    position: 'No.',
    person: 'Person',
    programme: 'Programme',
    now: 'Now',
    erased: 'Person erased since',
    acted: 'acted on since',
    back: 'no longer in this pull',
  },
  release: {
    button: 'Release this pull',
    nothing: 'Nothing to put back: all contacts were acted on since, or have gone elsewhere.',
    title: (seq, client) => `Release pull no. ${seq} of ${client}?`,
    putBack: (count, statut) =>
      count > 1
        ? `${count} contacts go back to “${statut}”, at their old place in the queue.`
        : `1 contact goes back to “${statut}”, at its old place in the queue.`,
    again: 'The next pull, by any client that may see them, hands them out again.',
    kept: (count) =>
      count > 1
        ? `${count} contacts that were acted on since stay where they are.`
        : '1 contact that was acted on since stays where it is.',
    delivered: (client) =>
      `${client} has received them and may have called them: agree with it first.`,
    uncertain: (client) => `${client} may have received them after all: agree with it first.`,
    repeatable: 'Instead, the client may ask for this pull again with the same idempotency key.',
    final: 'A release cannot be undone.',
    reason: 'Reason',
    reasonHint: 'Kept with the pull and in the audit.',
    verb: 'Release the pull',
    done: (released, kept) =>
      `${pluralEn(released, 'contact', 'contacts')} put back to ready${kept > 0 ? `, ${pluralEn(kept, 'kept', 'kept')}` : ''}.`,
  },
};
