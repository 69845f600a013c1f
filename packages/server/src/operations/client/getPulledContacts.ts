import { limits } from '@relais/contract';
import { readPulled } from '../../store/contacts.ts';
import { findPull, listUncertain } from '../../store/pulls.ts';
import type { Handler } from '../operation.ts';
import { decodeCursor, jsonArray, pageHeaders } from '../present.ts';
import { pullNotFound } from '../pullNotFound.ts';
import { requestScope } from '../scope.ts';

export const getPulledContacts: Handler<'getPulledContacts'> = async (
  { database: { db }, key },
  parameters,
) => {
  const after = decodeCursor('getPulledContacts', parameters.cursor);
  const scope = await requestScope(db, key, parameters);
  if (parameters.pullId && !(await findPull(db, key.id_client, parameters.pullId))) {
    throw pullNotFound();
  }
  const filter = {
    client: key.id_client,
    statut: key.id_statut_pulled,
    since: parameters.since && new Date(parameters.since).toISOString(),
    pull: parameters.pullId,
  };
  const page = await readPulled(
    db,
    scope,
    filter,
    parameters.limit ?? limits.contacts.getPulledContacts,
    after,
  );
  const uncertain = await listUncertain(db, key.id_client);
  return {
    body: jsonArray(page.contacts),
    headers: {
      ...pageHeaders('getPulledContacts', page.next),
      ...(uncertain.length ? { 'Pulls-Uncertain': uncertain.map(({ id }) => id).join(', ') } : {}),
    },
    until: firstForgotten([page.end?.at, ...uncertain.map(({ pulled_at }) => pulled_at)]),
  };
};

/** When the first of these times is too long ago to be looked back on. */
function firstForgotten(times: readonly (Date | string | undefined)[]): Date | undefined {
  const known = times.flatMap((time) => (time === undefined ? [] : new Date(time).getTime()));
  if (known.length === 0) return undefined;
  return new Date(Math.min(...known) + limits.pulledHours * 3_600_000);
}
