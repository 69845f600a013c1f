import type { Command } from 'commander';
import { claim, endHolding, hold } from '../installation/holding.ts';
import { FileError } from '../intake/file/fileError.ts';
import { listClients } from '../store/clients.ts';
import { findHold } from '../store/hold.ts';
import { listKeys } from '../store/keySummaries.ts';
import { readActionIds } from './actionIds.ts';
import { CommandError, print, table } from './output.ts';
import { parseReason } from './reason.ts';
import { withDatabase } from './withInstallation.ts';

const ACTOR = 'command:hold';

type Options = { json?: boolean };

/** The reasons that are not somebody's own words. */
const reasons = new Map([
  ['restored', 'the data are at another place than before: restored, copied or moved'],
  ['loaded', 'a dump was loaded, which says who has received what up to when it was written'],
  ['moved', 'the data were moved to another place, and are handed out there'],
]);

export function holdCommands(program: Command): void {
  const command = program
    .command('hold')
    .description('after a restore: let pulls wait until what was handed out since is marked')
    .addHelpText(
      'after',
      `
After a restore, contacts that were handed out since the backup stand ready again. Pulls wait by
themselves when a dump was loaded, and when a database finds itself at another place than before;
reads and repeats of earlier pulls are answered. Ask each client for the action ids that it has
(the journal of relais-client, or its own records), mark them, then end the hold:

  relais hold delivered main --client "Promoteur X" contacts.jsonl
  relais hold end main --reason "marked what all clients have"`,
    );

  command
    .command('status')
    .argument('<database>', 'the CRM database')
    .description('tell whether pulls wait, since when, and why')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais hold status main')
    .action(async (nom: string, options: Options) => {
      const held = await withDatabase(nom, ({ db }) => findHold(db));
      const text = held
        ? `Pulls of "${nom}" wait since ${held.since.toISOString()}: ${reasons.get(held.reason) ?? held.reason}`
        : `Pulls of "${nom}" are answered.`;
      print(held ?? null, options, text);
    });

  command
    .command('set')
    .argument('<database>', 'the CRM database')
    .description('let pulls wait: when this has returned, none commits any more')
    .requiredOption('--reason <text>', 'why, for the record', parseReason)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  relais hold set main --reason "restored to yesterday, 18:00"',
    )
    .action(async (nom: string, { reason, ...options }: Options & { reason: string }) => {
      await withDatabase(nom, (database) => hold(database, reason, ACTOR));
      print({ nom, held: true }, options, `Pulls of "${nom}" wait.`);
    });

  command
    .command('delivered')
    .argument('<database>', 'the CRM database')
    .argument(
      '<file>',
      'CSV with a column action_id, or with the ids in front; JSON Lines; answers of the API, one in a line; - for standard input',
    )
    .description('mark the contacts that a client has as handed out to it')
    .requiredOption('--client <nom>', 'the client')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  relais hold delivered main --client "Promoteur X" contacts.csv',
    )
    .action(async (nom: string, file: string, options: Options & { client: string }) => {
      const counts = await withDatabase(nom, async (database) => {
        const client = (await listClients(database.db)).find(
          (own) => own.nom === options.client.normalize('NFC'),
        );
        if (!client) throw new CommandError(`There is no client "${options.client}".`, 'notFound');
        if ((await listKeys(database.db, { client: client.id })).length === 0) {
          throw new CommandError(
            `The client "${client.nom}" has no key yet, which tells what stands ready for it: make it one first. Nothing was marked.`,
          );
        }
        return claim(database, client.id, await readDelivered(file), ACTOR);
      });
      const meaning = {
        marked: 'stood ready, and are marked as handed out now',
        known: 'were marked already',
        other: 'were handed out to another client',
        not_ready: "stand in a statut that the client's keys do not pull from",
        unknown: 'are not here: the leads came after the backup',
      };
      const rows = Object.entries(counts).map(([outcome, actions]) => ({
        outcome,
        actions,
        meaning: meaning[outcome as keyof typeof meaning],
      }));
      print(counts, options, table(rows, ''));
    });

  command
    .command('end')
    .argument('<database>', 'the CRM database')
    .description('let pulls be answered again')
    .requiredOption('--reason <text>', 'what was checked, for the record', parseReason)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  relais hold end main --reason "marked what all clients have"',
    )
    .action(async (nom: string, { reason, ...options }: Options & { reason: string }) => {
      const ended = await withDatabase(nom, (database) => endHolding(database, reason, ACTOR));
      const text = ended ? `Pulls of "${nom}" are answered again.` : 'Nothing was held.';
      print({ nom, ended: ended ?? null }, options, text);
    });
}

/** The whole file is read before anything is marked. */
async function readDelivered(path: string): Promise<number[]> {
  try {
    return await readActionIds(path);
  } catch (error) {
    throw error instanceof FileError
      ? new CommandError(`Nothing was marked: ${error.message}`)
      : error;
  }
}
