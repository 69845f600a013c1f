import type { LoadCollection } from '@relais/contract';
import { knownCollection } from './collections.ts';
import { HeldBytes } from './heldBytes.ts';
import { LoadError } from './loadError.ts';
import type { ScannedRecord, Scanner } from './scanner.ts';
import { decodeUtf8 } from './utf8.ts';
import { ValueEnd } from './valueEnd.ts';

/** Where in the document the scanner stands: what each state expects, and what follows it. */
const steps = {
  start: { '{': 'firstName' },
  firstName: { '"': 'name', '}': 'end' },
  nextName: { '"': 'name' },
  name: {},
  colon: { ':': 'array' },
  array: { '[': 'firstRecord' },
  firstRecord: { '{': 'record', ']': 'afterArray' },
  nextRecord: { '{': 'record' },
  record: {},
  afterRecord: { ',': 'nextRecord', ']': 'afterArray' },
  afterArray: { ',': 'nextName', '}': 'end' },
  end: {},
} as const satisfies Record<string, Record<string, string>>;

type State = keyof typeof steps;

const problems: Partial<Record<State, string>> = {
  start: 'the file must begin with {.',
  array: 'must be an array.',
  firstRecord: 'a record must be an object.',
  nextRecord: 'a record must be an object.',
  end: 'nothing may follow the object.',
};

const NEWLINE = 0x0a;
const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/** Scans the JSON form: one object, whose members are collections, each an array of records. */
export class DocumentScanner implements Scanner {
  #state: State = 'start';
  #line = 1;
  #collection: LoadCollection | undefined;
  readonly #seen = new Set<LoadCollection>();
  /** The name or record that is being read. */
  readonly #value = new ValueEnd();
  readonly #held = new HeldBytes();

  *push(chunk: Buffer): Generator<ScannedRecord> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state !== 'name' && this.#state !== 'record') {
        at += this.#step(chunk[at] ?? 0);
        continue;
      }
      const line = this.#line;
      const end = this.#value.find(chunk, at);
      if (end === -1) {
        this.#held.keep(chunk.subarray(at), this.#place);
        return;
      }
      const bytes = this.#held.take(chunk.subarray(at, end), this.#place);
      this.#line = line + this.#value.takeNewlines();
      at = end;
      if (this.#state === 'name') {
        this.#begin(bytes);
      } else {
        this.#state = 'afterRecord';
        yield { collection: this.#collection, line, bytes };
      }
    }
  }

  end(): Iterable<ScannedRecord> {
    if (this.#state === 'end') return [];
    throw this.#error(this.#state === 'start' ? 'the file is empty.' : 'the file ends too soon.');
  }

  /** Takes a byte between values; gives how many were taken, as a value keeps its first byte. */
  #step(byte: number): 0 | 1 {
    if (byte === NEWLINE) this.#line += 1;
    if (isSpace(byte)) return 1;
    const expected: Readonly<Record<string, State>> = steps[this.#state];
    const next = expected[String.fromCharCode(byte)];
    if (!next) throw this.#error(problems[this.#state] ?? 'this is not valid JSON.');
    this.#state = next;
    return next === 'name' || next === 'record' ? 0 : 1;
  }

  /** The name of the next collection was read. */
  #begin(bytes: Buffer): void {
    this.#collection = undefined;
    const text = decodeUtf8(bytes, this.#place);
    let name: unknown;
    try {
      name = JSON.parse(text);
    } catch {
      throw this.#error('this is not valid JSON.');
    }
    this.#collection = knownCollection(name, this.#line);
    if (this.#seen.has(this.#collection)) throw this.#error('this collection is given twice.');
    this.#seen.add(this.#collection);
    this.#state = 'colon';
  }

  /** Where the scanner stands; within a record, where the record starts. */
  get #place() {
    return { line: this.#line, collection: this.#collection };
  }

  #error(problem: string): LoadError {
    return new LoadError(this.#place, problem);
  }
}
