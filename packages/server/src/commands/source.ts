import type { Command } from 'commander';
import {
  changeMetaSecrets,
  createSource,
  nameProgrammes,
  pauseSource,
  rotateToken,
} from '../changes/sources.ts';
import { readConfig } from '../config.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { openSecret } from '../installation/secret.ts';
import { listSources } from '../store/sourceSummaries.ts';
import { channels, findSource, type Source } from '../store/sources.ts';
import { overlapOption } from './keyOptions.ts';
import { assertOutput, CommandError, print, say, table } from './output.ts';
import {
  type CreateOptions,
  parseChannel,
  parseForms,
  parseOrigins,
  parseRate,
  parseRedirect,
  readMetaSecrets,
  readProgrammes,
  readRules,
  secretsOfOptions,
  sourceName,
} from './sourceOptions.ts';
import { reached, withDatabase, withInstallation } from './withInstallation.ts';

const ACTOR = 'command:source';

type Options = { database?: string; json?: boolean };

export function sourceCommands(program: Command): void {
  const source = program.command('source').description('sources: the doors that leads come in by');

  source
    .command('create')
    .argument('<name>', 'in its address, /intake/v1/<name>: lower-case letters, digits, - and _')
    .description('create a source; its token is printed once')
    .requiredOption('--channel <channel>', channels.join(', '), parseChannel)
    .requiredOption('--statut <designation>', 'the first statut of its leads: ready, or to qualify')
    .option('--review <designation>', 'the first statut of leads that want a look (as --statut)')
    .option('--programme <id>', 'the programme of leads that name none')
    .option('--map <text=id...>', 'what names a programme: a text, the id of a form or campaign')
    .option('--origine <designation>', 'where its leads come from')
    .option('--type-contact <designation>', 'their kind of contact')
    .option('--type-action <designation>', 'their kind of enquiry')
    .option('--consent', 'leads without consent wait in quarantine')
    .option('--origins <origins>', 'web origins whose pages may post forms', parseOrigins)
    .option('--redirect <url>', 'where a browser goes after its form was taken', parseRedirect)
    .option('--honeypot <field>', 'the field of the form that people do not see', 'site_web')
    .option('--rate <number>', 'leads a minute', parseRate, 120)
    .option('--meta-secrets <file>', 'JSON with "app_secret" and "access_token"; - for stdin')
    .option('--meta-forms <ids>', 'ids of the Meta forms that are read on a schedule', parseForms)
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  relais source create site-web --channel form --statut "À transmettre" --programme 145 \\
    --origins https://www.example.com --redirect https://www.example.com/merci
  relais source create google-ads --channel google --statut "À transmettre" --map 40000000000=145
  relais source create meta --channel meta --statut "À qualifier" --consent \\
    --meta-secrets meta.json --meta-forms 1811616845554330 --map 1811616845554330=145
  relais source create salons --channel file --statut "À qualifier"

How to connect each of them: docs/intake.md`,
    )
    .action(async (name: string, options: CreateOptions) => {
      if (options.channel !== 'file') assertOutput('made');
      const nom = sourceName(name);
      const secrets = await secretsOfOptions(options);
      const created = await withDatabase(options.database, async (database, { databases }) => {
        const rules = await readRules(database, options);
        const programmes = await readProgrammes(database, options.map ?? []);
        const meta = secrets && { secrets, forms: options.metaForms ?? [] };
        const order = { nom, channel: options.channel, rules, programmes, meta };
        const secret = openSecret(readConfig(process.env));
        return createSource(databases, database, order, secret, ACTOR);
      });
      if (!created) throw new CommandError(`There is a source "${nom}" already.`);
      const result = { nom, channel: options.channel, token: created.token };
      if (created.token === null) {
        print(result, options, `Created the source "${nom}". Fill it with: relais import`);
      } else {
        shown(result, options, created.token);
      }
    });

  source
    .command('list')
    .description('list the sources with what has come in by them')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais source list')
    .action(async (options: Options) => {
      const sources = await withDatabase(options.database, ({ db }) => listSources(db));
      const rows = sources.map((row) => ({
        nom: row.nom,
        channel: row.channel,
        state: row.problem ? `PROBLEM: ${row.problem}` : row.state,
        statut: row.statut,
        programme: row.programme ?? (row.mapped ? `${row.mapped} mapped` : null),
        consent: row.consent_required ? 'required' : 'not asked',
        'leads (30 days)': row.leads,
        quarantined: row.quarantined,
        last_lead: row.last_lead_at,
      }));
      print(sources, options, table(rows, 'No source yet: relais source create --help'));
    });

  source
    .command('map')
    .argument('<name>', 'the source')
    .argument('<text=id...>', 'a text, the id of a form or campaign, and the id of a programme')
    .description('let texts of its leads name programmes')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais source map meta 1811616845554330=145 "t3 aube=145"')
    .action(async (name: string, pairs: string[], options: Options) => {
      const mapped = await onSource(name, async ({ database, source }) => {
        const programmes = await readProgrammes(database, pairs);
        await nameProgrammes(database, source, programmes, ACTOR);
        return programmes.size;
      });
      const hint = 'What waits for it: relais quarantine release --source';
      print({ nom: name, mapped }, options, `Mapped ${mapped}. ${hint} ${name}`);
    });

  source
    .command('rotate')
    .argument('<name>', 'the source')
    .description('give a source a new token; the old one ends after the overlap')
    .addOption(overlapOption())
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais source rotate site-web --overlap 7d')
    .action(async (name: string, options: { overlap: number; json?: boolean }) => {
      assertOutput('made');
      const token = await onSource(name, ({ database, source }) => {
        if (source.channel === 'file') {
          throw new CommandError(`The source "${name}" takes files: it has no token.`);
        }
        return rotateToken(database, source, options.overlap, ACTOR);
      });
      shown({ nom: name, token }, options, token);
    });

  source
    .command('secrets')
    .argument('<name>', 'the source')
    .argument('<file>', 'JSON with "app_secret" and "access_token"; - for standard input')
    .description('give a Meta source other secrets')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais source secrets meta meta.json')
    .action(async (name: string, file: string, options: Options) => {
      const secrets = await readMetaSecrets(file);
      await onSource(name, ({ database, source }) => {
        if (source.channel !== 'meta') {
          throw new CommandError(`The source "${name}" has no secrets: it is not of Meta.`);
        }
        const secret = openSecret(readConfig(process.env));
        return changeMetaSecrets(database, source, secrets, secret, ACTOR);
      });
      print({ nom: name }, options, `The source "${name}" has other secrets now.`);
    });

  for (const [verb, paused, text] of [
    ['pause', true, 'Its leads wait in quarantine from now on.'],
    ['resume', false, 'What waits meanwhile: relais quarantine release --source'],
  ] as const) {
    source
      .command(verb)
      .argument('<name>', 'the source')
      .description(paused ? 'keep its leads in quarantine' : 'let its leads in again')
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  relais source ${verb} site-web`)
      .action(async (name: string, options: Options) => {
        await onSource(name, ({ database, source }) =>
          pauseSource(database, source, paused, ACTOR),
        );
        const state = paused ? 'paused' : 'open';
        print({ nom: name, state }, options, paused ? text : `${text} ${name}`);
      });
  }
}

/** Prints the token alone on standard output, so that a script can keep it. */
function shown(result: object, options: { json?: boolean }, token: string): void {
  print(result, options, token, 'Its token was made: ask for another with "relais source rotate".');
  if (!options.json) say('This is the token of the source. It is shown this once: keep it now.');
}

/** Runs a piece of work on a source, wherever it is. */
function onSource<Result>(
  nom: string,
  work: (found: { database: CrmDatabase; source: Source }) => Promise<Result> | Result,
): Promise<Result> {
  return withInstallation(async ({ databases }) => {
    const database = await databases.ofSource(nom);
    const source = database && (await findSource((await reached(database)).db, nom));
    if (!database || !source) {
      throw new CommandError(`There is no source "${nom}": see "relais source list".`, 'notFound');
    }
    return work({ database, source });
  });
}
