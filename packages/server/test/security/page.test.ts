import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../../../', import.meta.url);
const page = await readFile(new URL('docs/security.md', root), 'utf8');

/** The rows of the list of tests: `| T1 | \`file\` | title |`. */
const evidence = [...page.matchAll(/^\| (T\d+) \| `(.+)` \| (.+) \|$/gm)].map(
  ([, id = '', file = '', title = '']) => ({ id, file, title }),
);

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they are numbered from 1. */
const SECTIONS = `
  1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2
  4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5
  7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3
  11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2
  14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2`;

/** A file's tests are calls of \`test\` with their title, which may be a template. */
const hasTest = (source: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => source.includes(`test(${quote}${title}${quote}`));

test('every test that the security page names exists under its title', async () => {
  assert.ok(evidence.length > 100, `${evidence.length} tests`);
  const named = new Set(evidence.map(({ id }) => id));
  for (const { id, file, title } of evidence) {
    const source = await readFile(new URL(`packages/${file}`, root), 'utf8').catch(() => '');
    // Formatted, a long title may stand in a line of its own.
    assert.ok(hasTest(source.replace(/\(\s+/g, '('), title), `${id}: ${file}: ${title}`);
  }
  const body = page.slice(0, page.indexOf('\n## Tests\n'));
  const cited = new Set(body.match(/\bT\d+\b/g));
  assert.deepEqual([...cited].toSorted(), [...named].toSorted());
});

test('every requirement of levels 1 and 2 of ASVS 5.0 has its row', () => {
  const wanted = SECTIONS.trim()
    .split(/\s+/)
    .flatMap((section) => {
      const [number = '', count] = section.split(':');
      return Array.from({ length: Number(count) }, (_, at) => `V${number}.${at + 1}`);
    });
  assert.equal(wanted.length, 253);
  const rows = [...page.matchAll(/^\| (V[\d., V]+) \| (.+?) \|(.+)\|(.*)\|$/gm)];
  const given = rows.flatMap(([, ids = '']) => ids.split(', '));
  assert.deepEqual(given.toSorted(), wanted.toSorted());
  for (const [row, , state = '', , shown = ''] of rows) {
    assert.match(state, /^(met|partly|not met|installation|–)$/, row);
    // Who says that something is met shows it.
    if (state === 'met') assert.match(shown, /T\d/, row);
  }
});

test('every abuse of the security page has its row, and each that is met its test', () => {
  const rows = [...page.matchAll(/^\| (\d+) \| (.+) \| (.+) \| (.+) \|$/gm)];
  assert.deepEqual(
    rows.map(([, number]) => Number(number)),
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
  for (const [row, , , what = '', shown = ''] of rows) {
    assert.ok(/T\d/.test(shown) || what.includes('**not built**'), row);
  }
});
