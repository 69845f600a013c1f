import { type Role, roles, staffMember } from '@relais/contract';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../config.ts';
import type { Installation } from '../installation/installation.ts';
import { type IssuedLink, linkUrl } from '../staff/links.ts';
import { changePerson, invite, renewLink } from '../staff/people.ts';
import { findPersonByEmail, listStaff, type Person } from '../store/staff.ts';
import { assertOutput, CommandError, print, say, table } from './output.ts';
import { withInstallation } from './withInstallation.ts';

const ACTOR = 'command:staff';

type Options = { json?: boolean };

export function staffCommands(program: Command): void {
  const staff = program.command('staff').description('the people of the agency, who sign in');

  staff
    .command('create')
    .argument('<email>', 'the address to sign in with', parseEmail)
    .description('add somebody; the link to set a password by is printed once')
    .requiredOption('--nom <nom>', 'how the console calls the person', parseNom)
    .requiredOption('--role <role>', roles.join(', '), parseRole)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  relais staff create claire@example.com --nom Claire --role admin',
    )
    .action(async (email: string, options: Options & { nom: string; role: Role }) => {
      assertOutput('made');
      const { nom, role } = options;
      const made = await withInstallation(({ databases }) =>
        invite(databases.catalog, { email, nom, role }, ACTOR),
      );
      shown(made, options);
    });

  staff
    .command('list')
    .description('list everybody')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais staff list')
    .action(async (options: Options) => {
      const people = await withInstallation(({ databases }) => listStaff(databases.catalog));
      const rows = people.map((person) => ({
        email: person.email,
        nom: person.nom,
        role: person.role,
        state: person.state,
        second_factor: person.two_factor ? 'on' : 'off',
        last_seen: person.last_seen_at,
      }));
      print(people, options, table(rows, 'Nobody yet: relais staff create --help'));
    });

  staff
    .command('link')
    .argument('<email>', 'the person')
    .description('give somebody a new link to set a password by; an earlier one ends')
    .option('--reset-two-factor', 'using it takes the second factor off, for a lost phone')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  relais staff link claire@example.com --reset-two-factor')
    .action(async (email: string, options: Options & { resetTwoFactor?: boolean }) => {
      assertOutput('made');
      const link = await onPerson(email, ({ databases }, { id }) =>
        renewLink(databases.catalog, id, options.resetTwoFactor ?? false, ACTOR),
      );
      shown(link, options);
    });

  for (const [verb, disabled, text] of [
    ['disable', true, 'is out: sessions and links of theirs have ended.'],
    ['enable', false, 'may sign in again.'],
  ] as const) {
    staff
      .command(verb)
      .argument('<email>', 'the person')
      .description(disabled ? 'keep somebody out, at once' : 'let somebody in again')
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  relais staff ${verb} claire@example.com`)
      .action(async (email: string, options: Options) => {
        const person = await onPerson(email, async ({ databases }, found) => {
          await changePerson(databases.catalog, found.id, { disabled }, ACTOR);
          return found;
        });
        const without = !disabled && person.password_hash === null;
        const next = `is let in again, and has no password yet: relais staff link ${email}`;
        print({ email, disabled }, options, `${email} ${without ? next : text}`);
      });
  }
}

/** Where a console that runs on this machine answers, unless RELAIS_PUBLIC_URL says it. */
const reached = ({ port }: Config): string => `http://localhost:${port}`;

/** Prints the link alone on standard output, so that a script can send it. */
function shown({ token, ...made }: IssuedLink & { id?: number }, options: Options): void {
  const config = readConfig(process.env);
  const link = linkUrl(config, reached(config), token);
  print(
    { ...made, link },
    options,
    link,
    'The link was made: ask for another with "relais staff link".',
  );
  if (!options.json) say('This link sets a password, once. It is shown this once: hand it over.');
}

/** Runs a piece of work on the person with this address. */
function onPerson<Result>(
  email: string,
  work: (installation: Installation, person: Person) => Promise<Result>,
): Promise<Result> {
  return withInstallation(async (installation) => {
    const person = await findPersonByEmail(installation.databases.catalog, email.toLowerCase());
    if (!person) {
      throw new CommandError(`There is nobody "${email}": see "relais staff list".`, 'notFound');
    }
    return work(installation, person);
  });
}

function parseEmail(text: string): string {
  const read = staffMember.shape.email.safeParse(text.trim().toLowerCase());
  if (!read.success) throw new InvalidArgumentError('Give an address such as claire@example.com.');
  return read.data;
}

function parseNom(text: string): string {
  const nom = text.trim().normalize('NFC');
  if (nom === '' || nom.length > 100) throw new InvalidArgumentError('Give 1 to 100 characters.');
  return nom;
}

function parseRole(text: string): Role {
  const role = roles.find((known) => known === text);
  if (!role) throw new InvalidArgumentError(`Give one of ${roles.join(', ')}.`);
  return role;
}
