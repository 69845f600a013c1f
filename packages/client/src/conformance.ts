#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { exitCodes } from './cli/faults.ts';
import { type Finding, Nonconformance } from './conformance/check.ts';
import { checks } from './conformance/checks.ts';
import { openProbe } from './conformance/probe.ts';
import { networkReason } from './failures.ts';

const HELP = `relais-conformance <url> [<key>] [--pull] [--json]

Runs the published contract of the Client API against a server, and prints a report.

  <url>    the address of the API, such as https://api.example.com/api/v1
  <key>    an API key; better in RELAIS_API_KEY, where no list of processes shows it
  --pull   also what takes contacts: with a test key, or contacts that nobody misses
  --json   the report as JSON

Ends with 0 when nothing failed, with 1 when something did, with 2 on a wrong option.
`;

/** Runs every check in turn: a server is looked at, not loaded. */
async function examine(url: string, key: string, pull: boolean): Promise<Finding[]> {
  const server = openProbe(url, key);
  const findings: Finding[] = [];
  for (const { group, title, pulls, run } of checks) {
    if (pulls && !pull) {
      findings.push({ group, title, outcome: 'not run', why: 'it takes contacts: see --pull' });
      continue;
    }
    try {
      await run(server);
      findings.push({ group, title, outcome: 'passed' });
    } catch (error) {
      findings.push({ group, title, outcome: 'failed', why: reasonOf(error) });
    }
  }
  return findings;
}

function reasonOf(error: unknown): string {
  if (error instanceof Nonconformance) return error.message;
  return `no answer: ${networkReason(error)}`;
}

const marks = { passed: '✔', failed: '✖', 'not run': '-' } as const;

function report(url: string, findings: readonly Finding[]): string {
  const lines = [url];
  let group: string | undefined;
  for (const finding of findings) {
    if (finding.group !== group) lines.push('', finding.group);
    group = finding.group;
    lines.push(`  ${marks[finding.outcome]} ${finding.title}`);
    if (finding.outcome === 'failed') lines.push(`      ${finding.why}`);
  }
  const count = (outcome: Finding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome).length;
  const skipped = count('not run');
  lines.push(
    '',
    `${count('passed')} passed, ${count('failed')} failed${skipped ? `, ${skipped} not run: they take contacts, see --pull` : ''}`,
  );
  return `${lines.join('\n')}\n`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      pull: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const [url, key = process.env.RELAIS_API_KEY] = positionals;
  if (values.help) {
    process.stdout.write(HELP);
    return exitCodes.ok;
  }
  if (!url || !URL.canParse(url) || !key || positionals.length > 2) {
    process.stderr.write(HELP);
    return exitCodes.usage;
  }
  const findings = await examine(url, key, values.pull ?? false);
  process.stdout.write(
    values.json ? `${JSON.stringify({ url, findings }, null, 2)}\n` : report(url, findings),
  );
  return findings.some(({ outcome }) => outcome === 'failed') ? exitCodes.failure : exitCodes.ok;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`relais-conformance: ${(error as Error).message}\n`);
  process.exitCode = exitCodes.usage;
}
