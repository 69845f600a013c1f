import { readContactFilter } from '../../contactFilter.ts';
import { countMatches, findPlaces } from '../../store/contactSearch.ts';
import { listedContacts } from '../../store/listedContacts.ts';
import { readConsistently } from '../../store/snapshot.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { pageOf, pageStart } from '../page.ts';

export const searchContacts: OperatorHandler<'searchContacts'> = async (
  { database: { db }, saw },
  { sort, limit, cursor, ...asked },
) => {
  const after = pageStart('searchContacts', cursor);
  const filter = readContactFilter(asked);
  // On one snapshot: one that was pulled in between would be listed as what it no longer is.
  const { matches, places, contacts } = await readConsistently(db, async (trx) => {
    const matches = await countMatches(trx, filter, sort);
    const places = await findPlaces(trx, filter, sort, matches, limit, after);
    const ids = places.map(({ id }) => id);
    return { matches, places, contacts: await listedContacts(trx, ids) };
  });
  const byId = new Map(contacts.map((contact) => [contact.action_id, contact]));
  const rows = places.flatMap((position) => {
    const contact = byId.get(position.id);
    return contact ? [{ position, contact }] : [];
  });
  // Who is shown stands in the audit. A page behind the last, which shows nobody, tells of nobody.
  const count = rows.length > 0 ? matches.count : 0;
  const page = pageOf('searchContacts', rows, limit, count, ({ contact }) => contact);
  saw(page.items.map((contact) => contact.prospect_id));
  return page;
};
