import { readConfig } from '../config.ts';
import { batchLimits } from '../db/pool.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { type Installation, openInstallation } from '../installation/installation.ts';
import { listDatabases } from '../store/catalog.ts';
import { probe } from '../store/examine.ts';
import { interruptible } from './interruptible.ts';
import { CommandError, say } from './output.ts';

/**
 * Opens the installation of the environment for one command, and closes it whatever happens: also
 * when SIGINT or SIGTERM ends the command, which then says `ifInterrupted`.
 */
export async function withInstallation<Result>(
  run: (installation: Installation) => Promise<Result>,
  ifInterrupted?: string,
): Promise<Result> {
  return interruptible(async (opened) => {
    const installation = await openInstallation(readConfig(process.env), batchLimits, { say });
    opened(installation);
    try {
      return await run(installation);
    } finally {
      await installation.close();
    }
  }, ifInterrupted);
}

/** What stands at an address can't be reached; the cause is what PostgreSQL or the system says. */
export class Away extends Error {
  override readonly name = 'Away';
  /** What gives the address: `the CRM database "main"`, `--url`. */
  readonly address: string;

  constructor(address: string, cause: unknown) {
    super('it is away', { cause });
    this.address = address;
  }
}

/** The same for a command on the CRM database of this name or, without one, on the only one. */
export function withDatabase<Result>(
  nom: string | undefined,
  run: (database: CrmDatabase, installation: Installation) => Promise<Result>,
  ifInterrupted?: string,
): Promise<Result> {
  return withInstallation(
    async (installation) => run(await chosenDatabase(installation, nom), installation),
    ifInterrupted,
  );
}

async function chosenDatabase(
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
  return reached(database);
}

/** The same CRM database, once it has answered; fails with Away. */
export async function reached(database: CrmDatabase): Promise<CrmDatabase> {
  await probe(database.db).catch((cause) => {
    throw new Away(`the CRM database "${database.nom}"`, cause);
  });
  return database;
}
