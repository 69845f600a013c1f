import { Console } from 'node:console';
import { fstatSync, readSync, statSync } from 'node:fs';

/** What went wrong at the command line, as its exit code says. */
export const exitCodes = { failure: 1, usage: 2, notFound: 4, interrupted: 130 } as const;

/** A command's refusal: one sentence that says what to do, and an exit code. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(sentence: string, kind: 'failure' | 'usage' | 'notFound' = 'failure') {
    super(sentence);
    this.name = 'CommandError';
    this.exitCode = exitCodes[kind];
  }
}

/** Nobody reads standard output any more, as after `head`: that is their choice. */
export class NobodyReads extends Error {
  override readonly name = 'NobodyReads';
}

const stdout = new Console(process.stdout);
const stderr = new Console(process.stderr);

/** Data goes to standard output, everything else to standard error. */
export const say = (sentence: string): void => stderr.log(sentence);

/**
 * Fails where standard output is closed (`>&-`): to be asked before anything is made that is shown
 * once. `done` is what was not, such as `dumped`.
 */
export function assertOutput(done: string): void {
  // Node has put /dev/null there, to read and write; `> /dev/null` is somebody's choice, to write.
  // Nothing else is read: a terminal would wait for what is typed.
  if (fstatSync(1).rdev !== statSync('/dev/null').rdev) return;
  try {
    readSync(1, Buffer.alloc(1));
  } catch {
    return;
  }
  throw new CommandError(`Standard output is closed: nothing was ${done}.`);
}

/** What is to be done when the result does not arrive. */
let unlessItArrives: string | undefined;

/**
 * A command's result: one JSON document with `--json`, otherwise text for a person. One that is
 * shown this once comes with what is to be done should it be lost.
 */
export function print(
  result: unknown,
  options: { json?: boolean },
  text: string,
  ifLost?: string,
): void {
  unlessItArrives = ifLost;
  stdout.log(options.json ? JSON.stringify(result, null, 2) : text);
}

/**
 * Has a result that could not be written count as a failure. Whoever reads may stop reading, as
 * `head` does: that is their choice, and the command that writes is told and ends. It is none where
 * the result is shown this once.
 */
export function watchOutput(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' && !unlessItArrives) return;
    const why =
      code === 'ENOSPC' ? 'the disk is full' : code === 'EPIPE' ? 'nobody reads it' : code;
    say(`The output could not be written: ${why}.${unlessItArrives ? ` ${unlessItArrives}` : ''}`);
    process.exitCode = exitCodes.failure;
  });
}

/** One of many results, as a line of JSON Lines. */
export const printLine = (result: unknown): void => stdout.log(JSON.stringify(result));

/** Rows as aligned columns, each as wide as its widest cell. */
export function table(rows: readonly Record<string, unknown>[], empty: string): string {
  const [first] = rows;
  if (!first) return empty;
  const names = Object.keys(first);
  const cells = [names, ...rows.map((row) => names.map((name) => cell(row[name])))];
  const widths = names.map((_, column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0)),
  );
  return cells
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Date) return value.toISOString().replace(/\.\d{3}Z$/, 'Z');
  return Array.isArray(value) ? value.join(',') : String(value);
}
