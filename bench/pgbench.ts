import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Load } from './load.ts';
import type { Step } from './replay.ts';

/** Where PostgreSQL's own tool to measure with is; undefined where it is not installed. */
export const findPgbench = (): string | undefined =>
  globSync(['/usr/lib/postgresql/*/bin/pgbench', '/usr/pgsql-*/bin/pgbench', '/usr/bin/pgbench'])
    .sort()
    .at(-1);

const run = promisify(execFile);

/** Calls a second of the same statements by pgbench, one process for each connection. */
export async function overPgbench(
  pgbench: string,
  { url, settings, calls }: Load & { over: 'sql' },
  most: number,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-pgbench-'));
  try {
    const options = [...settings].map(([name, value]) => `-c ${name}=${value}`).join(' ');
    const rates = await Promise.all(
      calls.map(async (steps, number) => {
        const file = join(folder, `${number}.sql`);
        const { text, variables } = scriptOf(steps);
        await writeFile(file, text);
        const mode = steps.some(({ name }) => name) ? 'prepared' : 'extended';
        const given = variables.flatMap(([name, value]) => ['-D', `${name}=${value}`]);
        const bounds = ['-n', '-c', '1', '-t', String(most)];
        const done = await run(pgbench, [...bounds, '-M', mode, '-f', file, ...given, url], {
          env: { ...process.env, PGOPTIONS: options },
        }).catch((error) => {
          throw new Error(error.stderr);
        });
        const rate = Number(/^tps = ([\d.]+)/m.exec(done.stdout)?.[1]);
        if (!(rate > 0)) throw new Error(`pgbench: ${done.stdout}${done.stderr}`);
        return rate;
      }),
    );
    return rates.reduce((sum, rate) => sum + rate, 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The steps in the language of pgbench, whose variables are the values. */
function scriptOf(steps: readonly Step[]): { text: string; variables: [string, string][] } {
  const variables: [string, string][] = [];
  const all = steps.flatMap(({ given }) => given ?? []);
  const uuids = new Set(all.flatMap((given) => (given.from === 'uuid' ? [given.number] : [])));
  const lines = [...uuids].map((number) => `select gen_random_uuid() as uuid${number} \\gset`);
  for (const [number, { text, given = [] }] of steps.entries()) {
    // In a literal a colon would begin a variable. Comments go first: they may hold apostrophes.
    const safe = text
      .replace(/--.*$/gm, '')
      .replace(/'[^']*'/g, (literal) =>
        literal.includes(':') ? `E${literal.replaceAll(':', '\\x3a')}` : literal,
      );
    const filled = safe.replace(/\$(\d+)/g, (_, place) => {
      const own = given[Number(place) - 1];
      if (own?.from === 'uuid') return `:uuid${own.number}`;
      if (own?.from === 'row') return `:s${own.statement}_${own.column}`;
      if (own?.from === 'rows') return `:s${own.statement}_all_${own.column}`;
      if (own?.from !== 'recording' || own.value === null) return 'null';
      const name = `v${number}_${place}`;
      if (!variables.some(([known]) => known === name)) variables.push([name, own.value]);
      return `:${name}`;
    });
    const used = all.filter(
      (own) => (own.from === 'row' || own.from === 'rows') && own.statement === number,
    );
    const lists = used.flatMap((own) => (own.from === 'rows' ? [own.column] : []));
    if (lists.length) {
      const columns = [...new Set(lists)].map((name) => `array_agg("${name}") as all_${name}`);
      lines.push(`select ${columns} from (${filled}) answer \\gset s${number}_`);
    } else if (used.length) {
      lines.push(`${filled} \\gset s${number}_`);
    } else {
      lines.push(`${filled};`);
    }
  }
  return { text: `${lines.join('\n')}\n`, variables };
}
