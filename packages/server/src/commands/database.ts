import { type Command, Option } from 'commander';
import { createDatabase } from '../installation/installation.ts';
import { moveDatabase } from '../installation/moveDatabase.ts';
import type { Environment } from '../keys/key.ts';
import { findDatabase, listDatabases } from '../store/catalog.ts';
import { answered, assertPlace, assertUrl } from './databasePlace.ts';
import { CommandError, print, say, table } from './output.ts';
import { withInstallation } from './withInstallation.ts';

const ACTOR = 'command:database';

export function databaseCommands(program: Command): void {
  const database = program.command('database').description('CRM databases');

  database
    .command('create')
    .argument('<name>', 'lower-case letters, digits, - and _')
    .description('create a CRM database')
    .option('--url <url>', 'an empty SQL database on another PostgreSQL server')
    .addOption(
      new Option('--environment <environment>', 'live, or test for a sandbox')
        .choices(['live', 'test'])
        .default('live'),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais database create main')
    .action(
      async (nom: string, options: { url?: string; environment: Environment; json?: boolean }) => {
        assertPlace(nom, options.url);
        await withInstallation(async (installation) => {
          if (options.url !== undefined) await answered(options.url);
          await createDatabase(installation, nom, options);
        });
        print(
          { nom, environment: options.environment },
          options,
          `Created the CRM database "${nom}". Fill it with: relais load ${nom} <file>`,
        );
      },
    );

  database
    .command('move')
    .argument('<name>', 'the CRM database')
    .description('say where its data are now: at another address, or copied to another server')
    .requiredOption('--url <url>', 'the SQL database that holds them')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Copies nothing. Stop the servers before you copy, or leads that come meanwhile are lost; another
password or name of the same server needs no stop: servers take it up within seconds.

Example:
  relais database move main --url postgresql://relais:password@db2:5432/relais_main`,
    )
    .action(async (nom: string, { url, ...options }: { url: string; json?: boolean }) => {
      assertUrl(url);
      const held = await withInstallation(async (installation) => {
        const entry = await findDatabase(installation.databases.catalog, nom);
        if (!entry) {
          throw new CommandError(
            `There is no CRM database "${nom}": see "relais database list".`,
            'notFound',
          );
        }
        await answered(url);
        return moveDatabase(installation, entry, url, ACTOR);
      });
      const { host } = new URL(url);
      print(
        { nom, server: host, held },
        options,
        `The CRM database "${nom}" is at ${host}. Servers that run take it up within seconds.`,
      );
      if (held) {
        say(
          `Pulls wait, since contacts may be ready that were handed out after the copy was made. If none was: relais hold end ${nom} --reason "moved"`,
        );
      }
    });

  database
    .command('list')
    .description('list the CRM databases')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais database list --json')
    .action(async (options: { json?: boolean }) => {
      const entries = await withInstallation(({ databases }) => listDatabases(databases.catalog));
      const rows = entries.map(({ nom, environment, url }) => ({
        nom,
        environment,
        // The address may hold a password: its server is enough.
        server: url === null ? 'own' : new URL(url).host,
      }));
      print(rows, options, table(rows, 'No CRM database yet: relais database create main'));
    });
}
