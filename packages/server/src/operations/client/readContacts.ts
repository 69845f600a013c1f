import { limits } from '@relais/contract';
import { type ContactPage, readFirstReady, readReady } from '../../store/contacts.ts';
import type { Handler } from '../operation.ts';
import { decodeCursor, jsonArray, pageHeaders } from '../present.ts';
import { requestScope } from '../scope.ts';

export const readContacts: Handler<'readContacts'> = async (
  { database: { db }, key, earlier },
  parameters,
) => {
  const after = decodeCursor('readContacts', parameters.cursor);
  const scope = await requestScope(db, key, parameters);
  const limit = parameters.limit ?? limits.contacts.readContacts;
  // What is behind a cursor is hardly ever asked for twice.
  if (after) return answerOf(await readReady(db, scope, key.id_statut_ready, limit, after));
  const page = await readFirstReady(db, scope, key.id_statut_ready, limit, earlier?.state);
  if (page.state === earlier?.state) return earlier;
  return { ...answerOf(page), state: page.state };
};

const answerOf = ({ contacts, next }: ContactPage) => ({
  body: jsonArray(contacts),
  headers: pageHeaders('readContacts', next),
});
