import { readConfig } from '../config.ts';
import type { CrmDatabase } from '../databases.ts';
import { batchLimits } from '../db/pool.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { listDatabases } from '../store/catalog.ts';
import { probe } from '../store/examine.ts';
import { CommandError, say } from './output.ts';

/** Opens the installation of the environment for one command, and closes it whatever happens. */
export async function withInstallation<Result>(
  run: (installation: Installation) => Promise<Result>,
): Promise<Result> {
  const installation = await openInstallation(readConfig(process.env), batchLimits, { say });
  try {
    return await run(installation);
  } finally {
    await installation.close();
  }
}

/** A CRM database can't be reached; the cause is what PostgreSQL or the system says. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
  readonly nom: string;

  constructor(nom: string, cause: unknown) {
    super('the CRM database is away', { cause });
    this.nom = nom;
  }
}

/** The CRM database of `--database`, or the only one there is. */
export async function chosenDatabase(
  { databases }: Installation,
  nom: string | undefined,
): Promise<CrmDatabase> {
  const names = (await listDatabases(databases.catalog)).map((entry) => entry.nom);
  if (names.length === 0) {
    throw new CommandError(
      'There is no CRM database yet: create one with "relais database create main".',
      'notFound',
    );
  }
  if (nom === undefined && names.length > 1) {
    throw new CommandError(`Name the CRM database with --database: ${names.join(', ')}.`, 'usage');
  }
  const database = await databases.named(nom ?? names[0] ?? '');
  if (!database) {
    throw new CommandError(
      `There is no CRM database "${nom}". There is: ${names.join(', ')}.`,
      'notFound',
    );
  }
  await probe(database.db).catch((cause) => {
    throw new DatabaseAway(database.nom, cause);
  });
  return database;
}
