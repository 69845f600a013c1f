import { readConfig } from '../config.ts';
import type { CrmDatabase } from '../databases.ts';
import { batchLimits } from '../db/pool.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { listDatabases } from '../store/catalog.ts';
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
  return database;
}
