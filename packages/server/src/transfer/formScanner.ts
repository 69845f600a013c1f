import { loadCollections } from '@relais/contract';
import { isCollection } from './collections.ts';
import { DocumentScanner } from './documentScanner.ts';
import { LinesScanner } from './linesScanner.ts';
import { LoadError } from './loadError.ts';
import type { ScannedRecord, Scanner } from './scanner.ts';

type Form = 'document' | 'lines';

/** As much of a file as its form is looked for in. */
const MOST_HEAD_BYTES = 64 * 1024;

/** The name of the file's first member and the first character of its value; `{}` has neither. */
const FIRST_MEMBER = /^\s*\{\s*(?:\}|"((?:[^"\\]|\\.)*)"\s*:\s*(\S))/s;

/** What a record of JSON Lines may begin with. */
const members = new Set([
  'collection',
  ...Object.values(loadCollections).flatMap(({ shape }) => Object.keys(shape)),
]);

/** Scans a file of either form, which it sees from the file's first member. */
export class FormScanner implements Scanner {
  /** The beginning of the file, until the form is seen. */
  #head: Buffer = Buffer.alloc(0);
  #scanner: Scanner | undefined;

  push(chunk: Buffer): Iterable<ScannedRecord> {
    if (this.#scanner) return this.#scanner.push(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head[0] === 0x1f && this.#head[1] === 0x8b) {
      throw new LoadError(
        { line: 1 },
        'the file is compressed by gzip: give what zcat makes of it.',
      );
    }
    const form = formOf(this.#head);
    return form || this.#head.length >= MOST_HEAD_BYTES ? this.#open(form) : [];
  }

  *end(): Generator<ScannedRecord> {
    if (!this.#scanner) yield* this.#open(undefined);
    if (this.#scanner) yield* this.#scanner.end();
  }

  /** Where no form is to be seen something is wrong, and a document's scanner tells what. */
  #open(form: Form | undefined): Iterable<ScannedRecord> {
    this.#scanner = form === 'lines' ? new LinesScanner() : new DocumentScanner();
    return this.#scanner.push(withoutByteOrderMark(this.#head));
  }
}

/** Lines when the first member is one of a record, else a document, which tells what there is. */
function formOf(head: Buffer): Form | undefined {
  // One character a byte will do: the names of the format are ASCII.
  const text = withoutByteOrderMark(head).toString('latin1', 0, MOST_HEAD_BYTES);
  const found = FIRST_MEMBER.exec(text);
  if (!found) return undefined;
  const [, name, value] = found;
  if (name === undefined || isCollection(name) || value === '[') return 'document';
  return members.has(name) ? 'lines' : 'document';
}

const withoutByteOrderMark = (head: Buffer): Buffer =>
  head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
