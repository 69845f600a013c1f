import { intakeReasons } from '@relais/contract';
import { type Command, InvalidArgumentError } from 'commander';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Releaser } from '../intake/admit.ts';
import { type Correction, discard, release } from '../intake/quarantine.ts';
import { type QuarantinedLead, readQuarantine } from '../store/leadsRead.ts';
import { plural } from '../text/plural.ts';
import { CommandError, print, say, table } from './output.ts';
import { readId } from './readId.ts';
import { parseReason } from './reason.ts';
import { withDatabase } from './withInstallation.ts';

const ACTOR = 'command:quarantine';
/** How many leads a list shows, and how many are released before more are read. */
const PAGE = 200;

type Options = { database?: string; json?: boolean };
type Chosen = Options & Filter;
type ReleaseOptions = Chosen & Correction & { all?: boolean; cameBack?: boolean };

function parseReasonCode(code: string): string {
  if (Object.hasOwn(intakeReasons, code)) return code;
  throw new InvalidArgumentError(`Give one of ${Object.keys(intakeReasons).join(', ')}.`);
}

const leadIds = (given: readonly string[]): number[] =>
  given.map((id) => readId(id, 'a lead: see "relais quarantine list"'));

export function quarantineCommands(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('leads that wait for an operator, and why');

  quarantine
    .command('list')
    .description(`list the leads that wait, oldest first, ${PAGE} at a time`)
    .option('--source <name>', 'only of this source')
    .option('--reason <code>', 'only with this reason', parseReasonCode)
    .option('--after <id>', 'from after this lead on')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais quarantine list --reason unknown_programme')
    .action(async (options: Chosen & { after?: string }) => {
      const [after] = leadIds(options.after === undefined ? [] : [options.after]);
      const leads = await withDatabase(options.database, (database) =>
        readPage(database, options, after),
      );
      print(leads, options, table(leads.map(shownLead), 'No lead waits in quarantine.'));
    });

  quarantine
    .command('release')
    .argument('[ids...]', 'the leads; or --source and --reason, or --all')
    .description('let leads in, after what was wrong with them is put right')
    .option('--programme <id>', 'the programme that they ask about')
    .option('--telephone <number>', 'their telephone')
    .option('--email <address>', 'their e-mail address')
    .option('--consent', 'their consent was given')
    .option('--came-back', 'its person was erased, and has come back by their own wish')
    .option('--source <name>', 'every lead of this source that waits')
    .option('--reason <code>', 'every lead that waits for this reason', parseReasonCode)
    .option('--all', 'every lead that waits')
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  relais quarantine release 17 --programme 145\n  relais quarantine release --source meta',
    )
    .action(async (given: string[], options: ReleaseOptions) => {
      const { programme, telephone, email, consent, source, reason, all, cameBack } = options;
      if (given.length > 0 === (source !== undefined || reason !== undefined || all === true)) {
        throw new CommandError('Name leads, or say --source, --reason or --all.', 'usage');
      }
      if ((telephone !== undefined || email !== undefined) && given.length !== 1) {
        throw new CommandError('A telephone or e-mail address is of one lead alone.', 'usage');
      }
      if (cameBack && given.length !== 1) {
        throw new CommandError('That somebody has come back is said of one lead alone.', 'usage');
      }
      const correction = Object.fromEntries(
        Object.entries({ programme, telephone, email, consent }).filter(
          ([, value]) => value !== undefined,
        ),
      );
      const results = await withDatabase(options.database, async (database) => {
        const ids = given.length ? leadIds(given) : waiting(database, { source, reason });
        return releaseAll(database, ids, correction, { by: ACTOR, cameBack });
      });
      print(results, options, table(results.map(shownRelease), 'No lead waits there.'));
      const erased = results.filter(isOfErased).length;
      if (erased > 0) {
        say(
          `Of persons who were erased: ${plural(erased, 'lead')}. Release each by itself, with --came-back, should its person have come back by their own wish.`,
        );
      }
      if (given.length && results.some(({ outcome }) => outcome === 'not waiting')) {
        throw new CommandError('Some of these leads do not wait in quarantine.', 'notFound');
      }
    });

  quarantine
    .command('discard')
    .argument('<ids...>', 'the leads')
    .description('put leads away for good; they stay in the ledger')
    .requiredOption('--reason <text>', 'why, for the record', parseReason)
    .option('-d, --database <name>', 'the CRM database, when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais quarantine discard 17 18 --reason "robot"')
    .action(async (given: string[], options: Options & { reason: string }) => {
      const ids = leadIds(given);
      const results = await withDatabase(options.database, async (database) => {
        const done: { lead: number; discarded: boolean }[] = [];
        for (const lead of ids) {
          done.push({ lead, discarded: await discard(database, lead, options.reason, ACTOR) });
        }
        return done;
      });
      print(results, options, table(results, ''));
      if (!results.every(({ discarded }) => discarded)) {
        throw new CommandError('Some of these leads do not wait in quarantine.', 'notFound');
      }
    });
}

interface Filter {
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
}

type ShownLead = Omit<QuarantinedLead, 'channel'>;

/** The next leads that wait, from after an id on. */
async function readPage(
  { db }: CrmDatabase,
  { source, reason }: Filter,
  after: number | undefined,
): Promise<ShownLead[]> {
  const filter = {
    sources: source === undefined ? undefined : [source],
    reasons: reason === undefined ? undefined : [reason],
  };
  const leads = await readQuarantine(db, filter, PAGE, after);
  return leads.map(({ channel: _channel, position: _position, ...lead }) => lead);
}

/** Ids of the leads that wait, a page at a time: those that stay are passed over. */
async function* waiting(database: CrmDatabase, filter: Filter): AsyncGenerator<number> {
  let after: number | undefined;
  for (;;) {
    const page = await readPage(database, filter, after);
    yield* page.map(({ id }) => id);
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

interface Released {
  readonly lead: number;
  readonly outcome: string;
  readonly action_id?: number | null;
  readonly reasons?: QuarantinedLead['reasons'];
}

async function releaseAll(
  database: CrmDatabase,
  ids: Iterable<number> | AsyncIterable<number>,
  correction: Correction,
  releaser: Releaser,
): Promise<Released[]> {
  const results: Released[] = [];
  for await (const lead of ids) {
    const admission = await release(database, lead, correction, releaser);
    results.push(admission ?? { lead, outcome: 'not waiting' });
  }
  return results;
}

const isOfErased = ({ outcome, reasons = [] }: Released): boolean =>
  outcome === 'quarantined' && reasons.some(({ code }) => code === 'person_erased');

const reasonText = (reasons: QuarantinedLead['reasons'] | undefined): string | null =>
  reasons?.length ? reasons.map(({ code }) => code).join(', ') : null;

/** A person is known to the operator by name; the rest is in the JSON. */
const shownLead = ({ id, source, received_at, reasons, draft }: ShownLead) => ({
  lead: id,
  source,
  received_at,
  name: [draft?.prenom, draft?.nom ?? draft?.nom_complet].filter(Boolean).join(' ') || null,
  programme: draft?.programme ?? draft?.hints?.[0],
  reasons: reasonText(reasons),
  suggestion: reasons.flatMap(({ suggestion }) => suggestion ?? []).join(' ') || null,
});

const shownRelease = ({ lead, outcome, action_id, reasons }: Released) => ({
  lead,
  outcome,
  action: action_id,
  reasons: reasonText(reasons),
});
