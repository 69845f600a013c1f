const WIDEST = 40;

/** Rows as a table for a terminal. */
export function table(rows: readonly object[]): string {
  const [first] = rows;
  if (!first) return 'Nothing.\n';
  const names = Object.keys(first);
  const lines = [names, ...rows.map((row) => Object.values(row).map(shown))];
  const widths = names.map((_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? '')].length)),
  );
  return lines
    .map((line) => line.map((text, at) => text + ' '.repeat((widths[at] ?? 0) - [...text].length)))
    .map((line) => `${line.join('  ').trimEnd()}\n`)
    .join('');
}

/** A value on one line, without what would steer a terminal. */
function shown(value: unknown): string {
  const text = String(value ?? '').replaceAll(/[\p{C}\p{Z}]+/gu, ' ');
  const characters = [...text];
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join('')}…` : text;
}
