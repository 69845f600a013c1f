import type { Command } from 'commander';
import { writeAudit } from '../store/audit.ts';
import { insertClient, listClients } from '../store/clients.ts';
import { nameAlike } from '../store/nameAlike.ts';
import { CommandError, print, table } from './output.ts';
import { withDatabase } from './withInstallation.ts';

const taken = (nom: string) => new CommandError(`There is a client "${nom}" already.`);

type Options = { database?: string; json?: boolean };

export function clientCommands(program: Command): void {
  const client = program.command('client').description('clients: who receives contacts');

  client
    .command('create')
    .argument('<nom>', 'name of the client')
    .description('create a client')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais client create --database main "Promoteur X"')
    .action(async (text: string, options: Options) => {
      const nom = text.trim().normalize('NFC');
      if (nom === '') throw new CommandError('The name of the client is empty.', 'usage');
      const created = await withDatabase(options.database, async ({ db }) => {
        return db.transaction().execute(async (trx) => {
          const alike = await nameAlike(trx, 'client', nom);
          if (alike !== undefined) throw taken(alike);
          const row = await insertClient(trx, nom);
          if (!row) throw taken(nom);
          await writeAudit(trx, {
            actor: 'command:client',
            act: 'client.create',
            target: `client:${row.id}`,
          });
          return row;
        });
      });
      print(created, options, `Created the client "${nom}" (id ${created.id}).`);
    });

  client
    .command('list')
    .description('list the clients')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais client list')
    .action(async (options: Options) => {
      const rows = await withDatabase(options.database, ({ db }) => listClients(db));
      print(rows, options, table(rows, 'No client yet: relais client create "Promoteur X"'));
    });
}
