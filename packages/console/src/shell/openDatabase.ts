import { inDatabase } from '../lib/database.ts';
import { remember, remembered } from '../lib/storage.ts';

interface Database {
  readonly nom: string;
  readonly environment: 'live' | 'test';
}

/**
 * The CRM database that an address is of. When there are several and the address names none, the
 * page is opened in the last one that was used, or in the first that is no sandbox.
 */
export function openDatabase(
  databases: readonly Database[],
  chosen: string | undefined,
): Database | undefined {
  const [only, ...others] = databases;
  if (chosen === undefined && others.length === 0) return only;
  const named = databases.find(({ nom }) => nom === chosen);
  if (named) remember('database', named.nom);
  if (chosen !== undefined) return named;
  const last = databases.find(({ nom }) => nom === remembered('database'));
  const usual = last ?? databases.find(({ environment }) => environment === 'live') ?? only;
  if (usual) showDatabase(usual.nom, 'replace');
  return usual;
}

/** Opens the same screen in another CRM database, as a fresh page. */
export function showDatabase(nom: string, how: 'assign' | 'replace' = 'assign'): void {
  location[how](`${inDatabase(location.pathname, nom)}${how === 'replace' ? location.search : ''}`);
}
