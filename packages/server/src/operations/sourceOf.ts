import type { CrmDatabase } from '../installation/databases.ts';
import { noSuch } from '../refusal.ts';
import { findSource, type Source } from '../store/sources.ts';

/** The source of this name in the CRM database of the call. */
export async function sourceOf({ db }: CrmDatabase, nom: string): Promise<Source> {
  const source = await findSource(db, nom);
  if (!source) throw noSuch('source', nom);
  return source;
}
