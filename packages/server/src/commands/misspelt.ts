import type { Command, Option } from 'commander';

/**
 * A command line as Commander takes it, so that it names what is misspelt and what was meant: it
 * would show the help of all for `help lod` and `lod --help`, and of `key create --clinet x` it
 * would name the option that is missing. `help key create` is `key create --help`.
 */
export function argumentsFor(program: Command, [first, ...rest]: readonly string[]): string[] {
  if (first === undefined) return [];
  const args = first === 'help' ? [...rest, '--help'] : [first, ...rest];
  let command = program;
  for (const [at, name] of args.entries()) {
    if (command.commands.length === 0) {
      if (hasUnknownOption(command.options, args.slice(at))) {
        for (const option of command.options) option.makeOptionMandatory(false);
      }
      return args;
    }
    if (name.startsWith('-') || name === 'help') return args;
    const next = command.commands.find((each) => each.name() === name);
    // `import main leads.csv` leaves out its `run`.
    if (!next) return command.name() === 'import' ? args : args.slice(0, at + 1);
    command = next;
  }
  return args;
}

function hasUnknownOption(known: readonly Option[], args: readonly string[]): boolean {
  for (let at = 0; at < args.length; at += 1) {
    const [name = '', value] = (args[at] ?? '').split('=', 2);
    if (name === '--') return false;
    const option = known.find(({ long, short }) => name === long || name === short);
    // What follows is its value, whatever it looks like.
    if (option?.required && value === undefined) at += 1;
    if (!option && name.startsWith('--') && name !== '--help') return true;
  }
  return false;
}
