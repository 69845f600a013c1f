import type { Command } from 'commander';
import { changeStatut } from '../changes/changeStatut.ts';
import { historyOf } from '../store/history.ts';
import { listed } from './listed.ts';
import { CommandError, print, table } from './output.ts';
import { readId } from './readId.ts';
import { parseReason } from './reason.ts';
import { withDatabase } from './withInstallation.ts';

const ACTOR = 'command:action';
/** How many events of an action are told, the latest. */
const MOST = 1000;

type Options = { database?: string; json?: boolean };

export function actionCommands(program: Command): void {
  const action = program.command('action').description('actions: where they stand, and why');

  action
    .command('statut')
    .argument('<ids...>', 'the actions')
    .description('give actions a statut by hand, recorded with the reason')
    .requiredOption('--to <designation>', 'the statut')
    .requiredOption('--reason <text>', 'why, for the record', parseReason)
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  relais action statut 1046 1047 --to "À transmettre" --reason "called, wants a visit"',
    )
    .action(async (given: string[], options: Options & { to: string; reason: string }) => {
      const actions = new Map(given.map((id) => [readId(id, 'an action'), undefined]));
      const changes = await withDatabase(options.database, async (database) => {
        const statut = await listed(database, '--to', 'statut', options.to);
        return changeStatut(database, { actions, statut, reason: options.reason, by: ACTOR });
      });
      const rows = changes.map((change) => ({ problem: null, ...change }));
      print(
        changes,
        options,
        table(
          rows.map(({ action: id, outcome, problem }) => ({ action: id, outcome, problem })),
          '',
        ),
      );
      if (changes.some(({ outcome }) => outcome === 'refused')) {
        throw new CommandError('Some of these actions were left as they are.');
      }
    });

  action
    .command('history')
    .argument('<id>', 'the action')
    .description('tell how an action came in, who changed its statut, and who received it')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais action history 1046')
    .action(async (given: string, options: Options) => {
      const id = readId(given, 'an action');
      const events = await withDatabase(options.database, ({ db }) =>
        historyOf(db, { action: id }, MOST),
      );
      if (!events) throw new CommandError(`There is no action ${id}.`, 'notFound');
      const rows = events.reverse().map(({ at, event, who, from, to, why, outcome, pull_id }) => {
        return { at, event, who, from, to, why: why ?? outcome ?? (pull_id && `pull ${pull_id}`) };
      });
      print(rows, options, table(rows, `Nothing is recorded of an action ${id}.`));
    });
}
