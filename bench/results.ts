import { readFile, writeFile } from 'node:fs/promises';

const RESULTS = new URL('RESULTS.md', import.meta.url);

/** Puts the results of one benchmark in the place of its last ones; others stay as they are. */
export async function saveResults(title: string, text: string): Promise<void> {
  const parts = (await readFile(RESULTS, 'utf8')).trim().split(/\n+(?=# )/);
  const part = `# ${title}\n\n${text.trim()}`;
  const known = parts.findIndex((other) => other.startsWith(`# ${title}\n`));
  const next = known === -1 ? [...parts, part] : parts.with(known, part);
  await writeFile(RESULTS, `${next.join('\n\n')}\n`);
}
