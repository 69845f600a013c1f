import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type IntakeReason, intakeReasons } from '@relais/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Verdict } from '../intake/admitRows.ts';
import { openErrorFile } from '../intake/file/errorFile.ts';
import { FileError } from '../intake/file/fileError.ts';
import { type ColumnChoice, parseMappingOption } from '../intake/file/mapping.ts';
import { type ImportPlan, planImport } from '../intake/file/planImport.ts';
import { ImportedBefore, importFile } from '../intake/importFile.ts';
import type { Admission } from '../intake/settle.ts';
import { tryImport } from '../intake/tryImport.ts';
import { undoImport } from '../intake/undoImport.ts';
import {
  countsOf,
  findListedImport,
  type ListedImport,
  listImportPage,
} from '../store/importList.ts';
import { findSource, type Source } from '../store/sources.ts';
import { plural } from '../text/plural.ts';
import { CommandError, print, printLine, say, table } from './output.ts';
import { showProgress } from './progress.ts';
import { readId } from './readId.ts';
import { withDatabase } from './withInstallation.ts';

const ACTOR = 'command:import';
/** How many rows of a dry run are shown on a terminal; JSON has them all. */
const SHOWN = 50;

interface ImportCommandOptions {
  map?: ColumnChoice[];
  separator?: string;
  encoding?: string;
  sheet?: string;
  dryRun?: boolean;
  errors?: string;
  json?: boolean;
}

export function importCommands(program: Command): void {
  const command = program.command('import').description('files of leads, CSV or XLSX');

  command
    .command('run', { isDefault: true })
    .argument('<database>', 'the CRM database')
    .argument('<source>', 'the source that the leads are of')
    .argument('<file>', 'CSV or XLSX; encoding, separator and titles are found out')
    .description('import a file; given again after it was broken off, it goes on')
    .option('--map <title=field...>', 'what a column means; remembered for the source', addChoice)
    .option('--separator <character>', 'of a CSV file')
    .option('--encoding <name>', 'of a CSV file, such as windows-1252')
    .option('--sheet <name>', 'of an XLSX file')
    .option('--dry-run', 'tell what would become of each row, and store nothing')
    .option('--errors <file>', 'where the rows that wait are written back, with the reason')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  relais import main salons visiteurs.xlsx --dry-run
  relais import main salons visiteurs.xlsx --map "Tél bureau=telephone" "Stand=ignore"
  relais import main salons visiteurs.errors.csv     (the corrected rows)

Fields: nom, prenom, nom_complet, telephone, email, programme, commentaire, consent, createdAt,
  externalId, … ; hint, answer (kept as a question and its answer), ignore.`,
    )
    .action((nom: string, source: string, path: string, options: ImportCommandOptions) =>
      withDatabase(nom, async (database) => {
        const found = await findSource(database.db, source);
        if (!found) {
          throw new CommandError(
            `There is no source "${source}" in "${database.nom}": see "relais source list".`,
            'notFound',
          );
        }
        const plan = await planImport(path, found, { ...options, choices: options.map ?? [] });
        describe(plan);
        if (options.dryRun) await dryRun(database, found, plan, options);
        else await run(database, found, plan, options);
      }),
    );

  command
    .command('list')
    .description('list the latest imports')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais import list')
    .action(async (options: { database?: string; json?: boolean }) => {
      const imports = await withDatabase(options.database, ({ db }) => listImportPage(db, 100));
      const told = imports.map(summary);
      const rows = told.map(({ finished_at, ...row }) => row);
      print(told, options, table(rows, 'No import yet: relais import --help'));
    });

  command
    .command('undo')
    .argument('<id>', 'the import, see "relais import list"')
    .description('take back all that an import wrote, but for what was handed out or changed since')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais import undo 12')
    .action(async (given: string, options: { database?: string; json?: boolean }) => {
      const id = readId(given, 'an import: see "relais import list"');
      const undone = await withDatabase(options.database, (database) =>
        undoImport(database, id, ACTOR),
      );
      if (!undone) {
        throw new CommandError(`There is no import "${given}" that could be undone.`, 'notFound');
      }
      const kept = undone.kept
        ? ` ${undone.kept} stay: they were handed out, released or changed by hand, joined or sent again since.`
        : '';
      print(undone, options, `Undone: ${plural(undone.undone, 'lead')} of import ${id}.${kept}`);
    });
}

/** What a list tells of an import. */
function summary(row: ListedImport) {
  const { id, source, file, state, started_at, started_by, finished_at, repeated } = row;
  const { accepted, merged, quarantined } = row;
  return {
    ...{ id, source, file, state, started_at, started_by, finished_at, repeated },
    ...{ accepted, merged, quarantined },
  };
}

function addChoice(given: string, before: ColumnChoice[] = []): ColumnChoice[] {
  try {
    return [...before, parseMappingOption(given)];
  } catch (error) {
    throw error instanceof FileError ? new InvalidArgumentError(error.message) : error;
  }
}

/** Says on standard error how the file was understood: what a person would want to check. */
function describe({ file, columns, rows }: ImportPlan): void {
  const how = [
    file.format.toUpperCase(),
    file.sheet && `sheet "${file.sheet}"`,
    file.encoding,
    file.separator && `separator ${file.separator === '\t' ? 'tab' : `"${file.separator}"`}`,
    file.hasHeader ? undefined : 'no titles',
    `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`,
  ].filter(Boolean);
  say(how.join(', '));
  const { otherSheets = [] } = file;
  if (otherSheets.length > 0) {
    const names = otherSheets.map((name) => `"${name}"`).join(', ');
    say(
      `This sheet alone is read. There is something in ${names} as well: import it with --sheet.`,
    );
  }
  say(
    table(
      columns.map(({ title, use }) => ({ column: title, 'is read as': use })),
      '',
    ),
  );
}

async function run(
  database: CrmDatabase,
  source: Source,
  plan: ImportPlan,
  options: ImportCommandOptions,
): Promise<void> {
  const path = options.errors ?? errorsBeside(plan.path);
  if (resolve(path) === resolve(plan.path)) {
    throw new CommandError('--errors names the file that is imported: name another.', 'usage');
  }
  const errors = openErrorFile(path, plan.file.titles);
  const progress = showProgress('Importing', plan.rows, 'rows');
  let done = 0;
  let imported: Awaited<ReturnType<typeof importFile>>;
  let written = 0;
  try {
    imported = await importFile(database, source, plan, {
      by: ACTOR,
      onRow() {
        done += 1;
        progress.update(done, done);
      },
      onWaiting: (row, { id, reasons }) => errors.add(row, id, reasons),
    });
  } catch (error) {
    if (!(error instanceof ImportedBefore)) throw error;
    const { id, started_at } = error.earlier;
    throw new CommandError(
      `This file was imported into "${source.nom}" before, at ${started_at.toISOString()} (import ${id}): undo that with "relais import undo ${id} --database ${database.nom}" to import it anew.`,
    );
  } finally {
    written = await errors.close();
    progress.end();
  }
  const ended = await findListedImport(database.db, imported.import);
  const file = written ? path : null;
  if (imported.resumedAfter) say(`Went on after line ${imported.resumedAfter}.`);
  if (file)
    say(
      `${plural(written, 'row')} wait${written === 1 ? 's' : ''} in quarantine: ${file} says why.`,
    );
  say(`To take it back: relais import undo ${imported.import} --database ${database.nom}`);
  const counts = ended && { import: ended.id, ...countsOf(ended) };
  print({ ...counts, errors: file }, options, table(counts ? [counts] : [], ''));
}

/** A new file beside the imported one: one that was written earlier may be half corrected. */
function errorsBeside(path: string): string {
  const base = path.replace(/(?:\.errors(?:-\d+)?)?\.(?:csv|xlsx|txt)$/i, '');
  for (let number = 1; ; number += 1) {
    const name = `${base}.errors${number === 1 ? '' : `-${number}`}.csv`;
    if (!existsSync(name)) return name;
  }
}

async function dryRun(
  database: CrmDatabase,
  source: Source,
  plan: ImportPlan,
  options: ImportCommandOptions,
): Promise<void> {
  const progress = showProgress('Trying', plan.rows, 'rows');
  const verdicts: ReturnType<typeof shown>[] = [];
  const counts = new Map<string, number>();
  const told = new Set<IntakeReason>();
  let done = 0;
  try {
    await tryImport(database, source, plan, (verdict) => {
      done += 1;
      progress.update(done, done);
      const row = shown(verdict);
      counts.set(row.verdict, (counts.get(row.verdict) ?? 0) + 1);
      // In bounded memory: a person reads no more of them, and a program is given each at once.
      if (options.json) printLine(row);
      else if (verdicts.length < SHOWN) {
        verdicts.push(row);
        for (const { code } of verdict.admission.reasons) told.add(code);
      }
    });
  } finally {
    progress.end();
  }
  if (options.json) return;
  const more = done > SHOWN ? `\n… and ${done - SHOWN} rows more: --json tells them all.` : '';
  const total = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  const meanings = [...told].map((code) => `\n  ${code}: ${intakeReasons[code].meaning}`).join('');
  const reasons = meanings && `\n\nThe reasons:${meanings}`;
  print(
    {},
    {},
    `${table(verdicts, '')}${more}${reasons}\n\nNothing was stored. It would be: ${total}.`,
  );
}

const shown = ({ row, admission }: Verdict) => ({
  line: row.line,
  verdict: admission.repeated ? 'repeated' : admission.outcome,
  person: personOf(admission),
  reasons: admission.reasons.map(({ code }) => code).join(', ') || null,
  suggestion: admission.reasons.flatMap(({ suggestion }) => suggestion ?? []).join(' ') || null,
});

function personOf({ prospect_id, matched_on, repeated }: Admission): 'known' | 'new' | null {
  if (prospect_id === null) return null;
  return repeated || matched_on.length > 0 ? 'known' : 'new';
}
