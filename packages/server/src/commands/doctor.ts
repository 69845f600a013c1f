import type { Command } from 'commander';
import pc from 'picocolors';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { EngineError } from '../db/embedded.ts';
import { examine } from '../doctor/doctor.ts';
import { type Finding, findingsOf } from '../doctor/finding.ts';
import { exitCodes, print } from './output.ts';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check this installation, and say what to mend')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Changes nothing. An embedded PostgreSQL that does not run is started to look, and stopped again.
Run it with the environment of the server. ✓ is well, ! wants a look, ✗ has to be mended.
Exit codes: 0 well, or only things to look at; 1 something has to be mended.

Example:
  relais doctor --json`,
    )
    .action(async (options: { json?: boolean }) => {
      const findings = await examineEnvironment();
      if (findings.some(({ level }) => level === 'fault')) process.exitCode = exitCodes.failure;
      print(findings, options, shown(findings));
    });
}

async function examineEnvironment(): Promise<Finding[]> {
  const { fault } = findingsOf('server');
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .map((sentence) => fault(sentence, 'Set it right, or unset it for the default.'));
  }
  try {
    return await examine(config);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return [fault(error.message, 'The rest can be looked at when this is mended.')];
  }
}

const marks = { ok: pc.green('✓'), warning: pc.yellow('!'), fault: pc.red('✗') };

/** Findings under the name of what they are about, each with its remedy. */
function shown(findings: readonly Finding[]): string {
  const groups = [...Map.groupBy(findings, (finding) => finding.about)].map(([about, own]) => {
    const lines = own.map(({ level, what, remedy }) => {
      const line = `  ${marks[level]} ${what}`;
      return remedy ? `${line}\n      ${pc.dim('→')} ${remedy}` : line;
    });
    return [pc.bold(about), ...lines].join('\n');
  });
  const count = (level: Finding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  const sum =
    faults > 0
      ? `${faults} to mend, ${warnings} to look at.`
      : warnings > 0
        ? `Nothing to mend, ${warnings} to look at.`
        : 'All is well.';
  return [...groups, sum].join('\n\n');
}
