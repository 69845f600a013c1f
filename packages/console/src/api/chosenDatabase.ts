import { databaseOf } from '../lib/database.ts';

/**
 * The CRM database of this page, from its address: it never changes while the page lives, since
 * another one is another address and a fresh page. So no screen can show one and change another.
 */
export const chosenDatabase = databaseOf(location.pathname);

/** What comes before the paths of all screens. */
export const basePath = chosenDatabase === undefined ? '/' : `/@${chosenDatabase}`;
