import { contact } from '@relais/contract';
import { noSuch } from '../../refusal.ts';
import { type ContactPage, readReady } from '../../store/contacts.ts';
import { findKey } from '../../store/keys.ts';
import { countReady, holdsContacts } from '../../store/pulls.ts';
import type { OperatorHandler } from '../operatorCall.ts';

/** How far contacts are counted. */
const MOST = 1000;

const meanings = {
  key_revoked: 'The key was revoked: every request with it is refused.',
  key_expired: 'The key has expired: every request with it is refused.',
  pull_not_allowed: 'The key may not use pullContacts.',
  no_region: 'The key sees no region.',
  statut_empty: 'No contact stands in the statut that the key pulls from.',
  regions_empty: 'Contacts stand in the statut that the key pulls from, in other regions alone.',
};
type Problem = keyof typeof meanings;

export const tryKey: OperatorHandler<'tryKey'> = async ({ database: { db }, saw }, { id }) => {
  const key = await findKey(db, id);
  if (!key) throw noSuch('key', id);
  const statut = key.id_statut_ready;
  const scope = { regions: key.regions, programmes: undefined };
  const ready = await countReady(db, scope, statut, MOST + 1);
  const oldest = contactOf(await readReady(db, scope, statut, 1));
  if (oldest) saw([oldest.prospect_id]);

  const problems: Problem[] = [];
  if (key.revoked) problems.push('key_revoked');
  else if (key.expired) problems.push('key_expired');
  if (key.operations && !key.operations.includes('pullContacts')) problems.push('pull_not_allowed');
  if (key.regions.length === 0) problems.push('no_region');
  else if (ready === 0) {
    problems.push((await holdsContacts(db, statut)) ? 'regions_empty' : 'statut_empty');
  }
  return {
    ready: Math.min(ready, MOST),
    more: ready > MOST,
    oldest: oldest ?? null,
    problems: problems.map((code) => ({ code, meaning: meanings[code] })),
  };
};

/** The first contact of a page, if there is one. */
const contactOf = ({ contacts: [first] }: ContactPage) =>
  first === undefined ? undefined : contact.parse(JSON.parse(first));
