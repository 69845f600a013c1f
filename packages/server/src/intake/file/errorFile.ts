import { type FileHandle, open } from 'node:fs/promises';
import { frenchIntakeReasons } from '@relais/contract';
import { frenchCsv, unspelled } from '../../text/frenchCsv.ts';
import type { Reason } from '../reason.ts';
import { isOwnTitle, ownTitles } from './ownColumns.ts';
import type { Row } from './rowFile.ts';

/** A file of the rows that need a hand, to be corrected and imported again. */
export interface ErrorFile {
  /** A row whose lead waits, and why. Wait for it. */
  add(row: Row, lead: number, reasons: readonly Reason[]): Promise<void>;
  /** Ends the file; gives how many rows it has. With none, there is no file. */
  close(): Promise<number>;
}

/**
 * Writes rows back as they were read, with our columns in front: CSV as Excel in French reads
 * it, with no cell that it takes for a formula. The file is made for the first row, anew when there
 * is one of this name, and only its owner may read it: it holds personal data.
 */
export function openErrorFile(path: string, titles: readonly string[]): ErrorFile {
  // Rows of such a file, imported again, have our columns already.
  const cellsAre = titles.some(isOwnTitle) ? unspelled : (cell: string) => cell;
  const theirs = (cells: readonly string[]): string[] =>
    cells.filter((_, index) => !isOwnTitle(titles[index] ?? '')).map(cellsAre);

  let file: FileHandle | undefined;
  let rows = 0;
  const write = async (cells: readonly string[], bom = false): Promise<void> => {
    await file?.writeFile(frenchCsv([cells], { bom }));
  };
  return {
    async add(row, lead, reasons) {
      if (file === undefined) {
        file = await open(path, 'w', OWNER_ONLY);
        await file.chmod(OWNER_ONLY);
        await write([...ownTitles, ...theirs(titles)], true);
      }
      await write([String(lead), ...explained(reasons), ...theirs(row.cells)]);
      rows += 1;
    },
    async close() {
      await file?.sync();
      await file?.close();
      return rows;
    },
  };
}

/** Codes, what they mean to whoever corrects the file, and what to try. */
const explained = (reasons: readonly Reason[]): string[] => [
  reasons.map(({ code }) => code).join(', '),
  reasons.map(({ code }) => frenchIntakeReasons[code].meaning).join(' '),
  reasons.flatMap(({ suggestion }) => suggestion ?? []).join(' '),
];

const OWNER_ONLY = 0o600;
