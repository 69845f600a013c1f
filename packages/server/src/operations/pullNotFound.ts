import { Refusal } from '../refusal.ts';

/** The same for a pull of another client and for one that never was. */
export const pullNotFound = () =>
  new Refusal('pull_not_found', 'None of your pulls has this id ("pullId").');
