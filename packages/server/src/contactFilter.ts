import type { operatorOperations } from '@relais/contract';
import type { z } from 'zod';
import type { AuditDetail } from './store/audit.ts';
import type { ContactFilter, SearchText } from './store/contactSearch.ts';
import { parseId } from './text/parseId.ts';

type Asked = Omit<
  z.output<typeof operatorOperations.searchContacts.request>,
  'limit' | 'cursor' | 'sort'
>;

/** Which contacts the parameters of searchContacts ask for. */
export const readContactFilter = (asked: Asked): ContactFilter => ({
  text: asked.search === undefined ? undefined : readSearch(asked.search),
  statuts: asked.statutIds,
  regions: asked.regionIds,
  programmes: asked.programmeIds,
  sources: asked.sources,
  clients: asked.clientIds,
  pulled: asked.pulled,
  from: asked.from,
  to: asked.to,
});

/** The same for the audit: ids and names of sources, and only whether a text was searched for. */
export const describeContactFilter = (asked: Asked): AuditDetail => ({
  ...(asked.search !== undefined && { search: true }),
  ...(asked.statutIds && { statuts: asked.statutIds }),
  ...(asked.regionIds && { regions: asked.regionIds }),
  ...(asked.programmeIds && { programmes: asked.programmeIds }),
  ...(asked.sources && { sources: asked.sources }),
  ...(asked.clientIds && { clients: asked.clientIds }),
  ...(asked.pulled !== undefined && { pulled: asked.pulled }),
  ...(asked.from && { from: asked.from }),
  ...(asked.to && { to: asked.to }),
});

/**
 * What a typed text looks for. Digits with what people write between them are a telephone, however
 * grouped, or stand so in the commentaire; a bare number may be an id too, and below three digits
 * is nothing else.
 */
function readSearch(search: string): SearchText {
  const id = parseId(search);
  if (!/^[\d\s+().\-/]+$/.test(search)) {
    return { id, words: search.split(/\s+/), digits: undefined };
  }
  const digits = search.replaceAll('(0)', '').replace(/\D/g, '').replace(/^00/, '');
  const words = id === undefined ? [search] : [];
  return { id, words, digits: digits.length < 3 ? undefined : digits };
}
