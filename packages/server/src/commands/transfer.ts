import { open } from 'node:fs/promises';
import { loadSchema } from '@relais/contract';
import type { Command } from 'commander';
import { countQuarantine } from '../store/today/alerts.ts';
import { plural } from '../text/plural.ts';
import { dump } from '../transfer/dump.ts';
import { load } from '../transfer/load.ts';
import { assertOutput, CommandError, NobodyReads, print, say, table } from './output.ts';
import { showProgress } from './progress.ts';
import { withDatabase } from './withInstallation.ts';

/** Writes to standard output; done when it has been taken, fails when nobody reads any more. */
const write = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      if (!error) return resolve();
      // Any other failure of the output is told where all are.
      reject(error.code === 'EPIPE' ? new NobodyReads() : new CommandError(''));
    });
  });

export function transferCommands(program: Command): void {
  program
    .command('load')
    .argument('<database>', 'the CRM database')
    .argument('<file>', 'JSON or JSON Lines; - for standard input')
    .description(
      'load regions, programmes, lists, prospects and actions: all of the file or nothing',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  relais load main crm.json\n  zcat crm.jsonl.gz | relais load main -\n\nThe format: relais schema',
    )
    .action(async (nom: string, file: string, options: { json?: boolean }) => {
      // Opened first: a file that may not be read is told before anything begins.
      const opened = file === '-' ? undefined : await open(file);
      const total = (await opened?.stat())?.size;
      const { summary, held } = await withDatabase(
        nom,
        async ({ db }) => {
          const input = opened?.createReadStream() ?? process.stdin;
          const progress = showProgress('Loading', total);
          try {
            return await load(db, input, {
              onProgress: ({ bytes, records }) => progress.update(bytes, records),
            });
          } finally {
            progress.end();
          }
        },
        'Interrupted: nothing was loaded, unless all of it had been stored already.',
      );
      if (held) {
        say(
          `The file says who has received what, up to when it was written: pulls of "${nom}" wait. See relais hold --help.`,
        );
      }
      const rows = Object.entries(summary).map(([collection, records]) => ({
        collection,
        records,
      }));
      print(summary, options, table(rows, 'The file holds no record.'));
    });

  program
    .command('dump')
    .argument('<database>', 'the CRM database')
    .description('write a CRM database to standard output, in the format that load reads')
    .addHelpText('after', '\nExample:\n  relais dump main > crm.json')
    .action(async (nom: string) => {
      assertOutput('dumped');
      await withDatabase(nom, async ({ db }) => {
        await dump(db, write);
        const { total } = await countQuarantine(db);
        if (total === 0) return;
        const wait = total === 1 ? 'waits in quarantine and is' : 'wait in quarantine and are';
        say(`${plural(total, 'lead')} ${wait} not in the dump: see "relais quarantine list".`);
      });
    });

  program
    .command('schema')
    .description('print the JSON Schema of the load and dump format')
    .addHelpText('after', '\nExample:\n  relais schema > relais-load.schema.json')
    .action(() => print(loadSchema(), { json: true }, ''));
}
