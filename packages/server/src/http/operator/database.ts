import { plainName } from '@relais/contract';
import type { Context } from '../../context.ts';
import type { CrmDatabase } from '../../installation/databases.ts';
import { invalidParameter } from '../../refusal.ts';
import { listDatabases } from '../../store/catalog.ts';

/** The CRM database that a body names, or the only one there is. */
export async function chosenDatabase({ databases }: Context, given: unknown): Promise<CrmDatabase> {
  const isName = typeof given === 'string' && plainName.test(given);
  const named = isName ? await databases.named(given) : undefined;
  if (named) return named;
  const [only, ...others] = given === undefined ? await listDatabases(databases.catalog) : [];
  const found = only && others.length === 0 ? await databases.named(only.nom) : undefined;
  if (found) return found;
  if (given === undefined) throw invalidParameter('database', 'is missing');
  throw invalidParameter('database', 'there is no such CRM database');
}
