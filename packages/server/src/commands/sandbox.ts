import type { Command } from 'commander';
import { createKey } from '../changes/keyring.ts';
import { createSandbox, resetWithin } from '../sandbox/sandbox.ts';
import { writeAudit } from '../store/audit.ts';
import { insertClient } from '../store/clients.ts';
import { answered, assertPlace } from './databasePlace.ts';
import { listed } from './listed.ts';
import { assertOutput, CommandError, print, say } from './output.ts';
import { withDatabase, withInstallation } from './withInstallation.ts';

const ACTOR = 'command:sandbox';
const CLIENT = 'Sandbox';

export function sandboxCommands(program: Command): void {
  const sandbox = program
    .command('sandbox')
    .description('CRM databases of invented contacts, for integrators to try');

  sandbox
    .command('create')
    .argument('<name>', 'lower-case letters, digits, - and _')
    .description('create a sandbox with a test key, printed once')
    .option('--url <url>', 'an empty SQL database for it, where the account may not create one')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais sandbox create sandbox')
    .action(async (nom: string, { url, ...options }: { url?: string; json?: boolean }) => {
      assertPlace(nom, url);
      assertOutput('made');
      const key = await withInstallation(async (installation) => {
        if (url !== undefined) await answered(url);
        const database = await createSandbox(installation, nom, url);
        const client = await insertClient(database.db, CLIENT);
        const statut = (designation: string) => listed(database, 'statut', 'statut', designation);
        const { text } = await createKey(
          installation.databases,
          database,
          {
            id_client: client?.id ?? 0,
            regions: null,
            id_statut_ready: await statut('À transmettre'),
            id_statut_pulled: await statut('Transmis'),
            operations: null,
            ip_ranges: null,
            expires_at: null,
          },
          ACTOR,
        );
        return text;
      });
      if (!options.json) say(`Created the sandbox "${nom}". Its test key, shown this once:`);
      const ifLost = `Its key was made and nobody has it: relais key list --database ${nom}`;
      print({ nom, key }, options, key, ifLost);
    });

  sandbox
    .command('reset')
    .argument('<name>', 'the sandbox')
    .description('make its contacts what they were at the beginning, and forget all pulls')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais sandbox reset sandbox')
    .action(async (nom: string, options: { json?: boolean }) => {
      await withDatabase(nom, async (database) => {
        if (!database.sandbox)
          throw new CommandError(`"${nom}" is no sandbox: nothing was changed.`);
        await database.db.transaction().execute(async (trx) => {
          await resetWithin(trx);
          await writeAudit(trx, { actor: ACTOR, act: 'sandbox.reset', target: nom });
        });
      });
      print({ nom }, options, `The sandbox "${nom}" is as it was at the beginning.`);
    });
}
