import type { Command } from 'commander';
import { eraseProspect } from '../changes/eraseProspect.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { contactsOfProspect } from '../store/listedContacts.ts';
import { receiptsOf } from '../store/receipts.ts';
import { plural } from '../text/plural.ts';
import { CommandError, print, table } from './output.ts';
import { readId } from './readId.ts';
import { parseReason } from './reason.ts';
import { withDatabase } from './withInstallation.ts';

const ACTOR = 'command:prospect';

type Options = { database?: string; json?: boolean; reason: string; yes?: boolean };

/** Who received a person, by pulls and from an older system. */
async function receivers({ db }: CrmDatabase, id: number) {
  const pulled = await receiptsOf(db, id);
  const older = (await contactsOfProspect(db, id)).filter(
    ({ pulled_at, pull_id }) => pulled_at !== null && pull_id === null,
  );
  return [...pulled, ...older].map(({ client_nom, action_id, pulled_at }) => ({
    client: client_nom ?? 'a client of an older system',
    action: action_id,
    pulled_at,
  }));
}

export function prospectCommands(program: Command): void {
  program
    .command('prospect')
    .description('persons: erase them')
    .command('erase')
    .argument('<id>', 'the person: prospect_id of their contacts')
    .description('blank for good all that tells who a person is, and tell who received them')
    .requiredOption(
      '--reason <text>',
      'why, for the record, without naming the person',
      parseReason,
    )
    .option('--yes', 'do it: it can not be undone')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Blanks the person, their contacts and leads, and what was delivered of them, and deletes the files
of imports and exports. What clients have received stays with them: they have to be told. A backup
made before still holds the person: keep the ids of those who were erased, and erase them again
after a restore.

Example:
  relais prospect erase 5002 --reason "request of 20 November" --yes`,
    )
    .action(async (given: string, { reason, yes, ...options }: Options) => {
      const id = readId(given, 'a prospect');
      if (!yes) {
        throw new CommandError(
          `Erasing the prospect ${id} can not be undone. Say --yes to do it.`,
          'usage',
        );
      }
      const { erased, received } = await withDatabase(options.database, async (database) => {
        const erased = await eraseProspect(database, { prospect: id, reason, by: ACTOR });
        return { erased, received: await receivers(database, id) };
      });
      const { contacts, leads, items, files } = erased;
      const told = received.length > 0 ? 'Tell those who received the person:\n' : '';
      print(
        { prospect_id: id, ...erased, received },
        options,
        `Erased: ${plural(contacts, 'contact')}, ${plural(leads, 'lead')}, ${items} as delivered; ${plural(files, 'file')} deleted.
${told}${table(received, 'No client has received the person.')}`,
      );
    });
}
