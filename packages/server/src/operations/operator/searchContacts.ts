import { readContactFilter } from '../../contactFilter.ts';
import { countMatches, findPlaces } from '../../store/contactSearch.ts';
import { listedContacts } from '../../store/listedContacts.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { pageOf, pageStart } from '../page.ts';

export const searchContacts: OperatorHandler<'searchContacts'> = async (
  { database: { db }, saw },
  { sort, limit, cursor, ...asked },
) => {
  const after = pageStart(cursor);
  const filter = readContactFilter(asked);
  const matches = await countMatches(db, filter, sort);
  const places = await findPlaces(db, filter, sort, matches, limit, after);
  const contacts = new Map(
    (
      await listedContacts(
        db,
        places.map(({ id }) => id),
      )
    ).map((contact) => [contact.action_id, contact]),
  );
  // One that an undone import took away in between is left out.
  const rows = places.flatMap((position) => {
    const contact = contacts.get(position.id);
    return contact ? [{ position, contact }] : [];
  });
  const page = pageOf(rows, limit, matches.count, ({ contact }) => contact);
  saw(page.items.map((contact) => contact.prospect_id));
  return page;
};
