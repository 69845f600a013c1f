/**
 * A file of leads that can't be read, in one sentence for whoever gave it. `line` is the line where
 * it goes wrong, or null when it is the file as a whole. The message quotes no cell, so that it may
 * be logged: no person's data is in it.
 */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly line: number | null;

  constructor(problem: string, line?: number) {
    super(line === undefined ? problem : `Line ${line}: ${problem}`);
    this.line = line ?? null;
  }
}
