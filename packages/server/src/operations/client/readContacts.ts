import { limits } from '@relais/contract';
import { readReady } from '../../store/contacts.ts';
import type { Handler } from '../operation.ts';
import { decodeCursor, jsonArray, pageHeaders } from '../present.ts';
import { requestScope } from '../scope.ts';

export const readContacts: Handler<'readContacts'> = async ({ database, key }, parameters) => {
  const after = decodeCursor('readContacts', parameters.cursor);
  const scope = await requestScope(database.db, key, parameters);
  const { contacts, next } = await readReady(
    database.db,
    scope,
    key.id_statut_ready,
    parameters.limit ?? limits.contacts.readContacts,
    after,
  );
  return { body: jsonArray(contacts), headers: pageHeaders('readContacts', next) };
};
