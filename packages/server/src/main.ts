import { Command, CommanderError } from 'commander';
import { actionCommands } from './commands/action.ts';
import { clientCommands } from './commands/client.ts';
import { databaseCommands } from './commands/database.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { holdCommands } from './commands/hold.ts';
import { importCommands } from './commands/import.ts';
import { keyCommands } from './commands/key.ts';
import { argumentsFor } from './commands/misspelt.ts';
import { exitCodes, say, watchOutput } from './commands/output.ts';
import { prospectCommands } from './commands/prospect.ts';
import { quarantineCommands } from './commands/quarantine.ts';
import { sandboxCommands } from './commands/sandbox.ts';
import { serveCommand } from './commands/serve.ts';
import { sourceCommands } from './commands/source.ts';
import { staffCommands } from './commands/staff.ts';
import { transferCommands } from './commands/transfer.ts';

const program = new Command('relais')
  .description('Relais: a CRM for property leads that hands each lead to the right client.')
  .version('0.1.0')
  .showHelpAfterError('(see --help)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes: 0 done, 1 failure, 2 wrong use, 4 not found, 130 interrupted.
Environment: DATABASE_URL (a PostgreSQL server; without it Relais runs its own),
  RELAIS_DATA_DIR (./data), RELAIS_HOST (127.0.0.1), RELAIS_PORT (8080),
  RELAIS_WORKERS (1), RELAIS_DRAIN_SECONDS (5),
  RELAIS_PUBLIC_URL, RELAIS_LOG_LEVEL (info), RELAIS_RATE_LIMIT (600 a minute and key),
  RELAIS_TRUSTED_PROXIES, RELAIS_SECRET (seals secrets of ad platforms and second factors),
  RELAIS_TWO_FACTOR (optional), RELAIS_BREACHED_PASSWORDS_URL, RELAIS_GRAPH_URL, RELAIS_METRICS_TOKEN, RELAIS_OTLP_URL.`,
  );

serveCommand(program);
demoCommand(program);
databaseCommands(program);
transferCommands(program);
holdCommands(program);
clientCommands(program);
keyCommands(program);
sandboxCommands(program);
sourceCommands(program);
importCommands(program);
quarantineCommands(program);
actionCommands(program);
prospectCommands(program);
staffCommands(program);
doctorCommand(program);

watchOutput();

try {
  await program.parseAsync(argumentsFor(program, process.argv.slice(2)), { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what was wrong, or printed the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  } else {
    const { sentence, exitCode } = explain(error);
    if (sentence) say(sentence);
    process.exitCode = exitCode;
  }
}
