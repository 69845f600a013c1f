import { searchContacts } from './searchContacts.ts';

/** Which contacts, in which order: the parameters of searchContacts less its paging. */
export const contactFilter = searchContacts.request.omit({ limit: true, cursor: true }).shape;
