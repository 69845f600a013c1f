import { LoadError } from './loadError.ts';

/** The text of one record, where it begins, and the collection that its array is a member of. */
export interface ScannedRecord {
  /** Undefined in the JSON Lines form: the record says it itself. */
  readonly collection: string | undefined;
  readonly line: number;
  readonly bytes: Buffer;
}

const MOST_RECORD_BYTES = 1024 * 1024;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const BYTE_ORDER_MARK = new Set([0xef, 0xbb, 0xbf]);

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/**
 * What may come next:
 * - `start`: the first `{` of the file, of the object with the arrays or of the first line;
 * - `name`, `colon`, `array`, `element`, `nextElement`, `afterElement`, `afterMember`: within the object;
 * - `record`: inside a record, whose end is found by counting brackets outside strings;
 * - `line`: the next record of the JSON Lines form;
 * - `end`: nothing more.
 */
type State =
  | 'start'
  | 'name'
  | 'colon'
  | 'array'
  | 'element'
  | 'nextElement'
  | 'record'
  | 'afterElement'
  | 'afterMember'
  | 'line'
  | 'end';

/**
 * Cuts a file into records without holding more than one: one JSON object whose members are
 * arrays of records, or JSON Lines. Chunks may be cut anywhere. Fails with a LoadError that names
 * the line; what is inside a record is not looked at.
 */
export class RecordScanner {
  #state: State = 'start';
  #line = 1;
  #collection: string | undefined;
  #lines = false;
  /** The bytes of the name or record that is being read. */
  #parts: Buffer[] = [];
  #size = 0;
  #startLine = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Until the first member's value is seen, the first object may be a record or the whole file. */
  #undecided = false;
  #colonSeen = false;

  /** The records that end in this chunk. */
  *push(chunk: Buffer): Generator<ScannedRecord> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE) this.#line += 1;
      if (this.#state === 'record') {
        const ended = this.#inRecord(byte);
        if (this.#undecided && this.#decide(byte)) {
          this.#collection = this.#nameOf([...this.#parts, chunk.subarray(from, at)]);
          this.#parts = [];
          this.#state = 'element';
        } else if (ended) {
          yield this.#take(chunk.subarray(from, at + 1));
        }
        continue;
      }
      if (this.#state === 'name' && this.#inString) {
        if (this.#nameEnds(byte)) {
          this.#collection = this.#nameOf([...this.#parts, chunk.subarray(from, at + 1)]);
          this.#parts = [];
          this.#state = 'colon';
        }
        continue;
      }
      if (isSpace(byte) || (this.#state === 'start' && BYTE_ORDER_MARK.has(byte))) continue;
      from = at;
      this.#between(byte);
    }
    if (this.#state === 'record' || (this.#state === 'name' && this.#inString)) {
      this.#keep(chunk.subarray(from));
    }
  }

  /** Call after the last chunk. */
  end(): void {
    if (this.#state === 'start') throw this.#error('the file is empty.');
    if (this.#state !== 'end' && this.#state !== 'line')
      throw this.#error('the file ends too soon.');
  }

  #error(problem: string): LoadError {
    return new LoadError({ line: this.#line, collection: this.#collection }, problem);
  }

  /** A byte that is neither space nor inside a name or record. */
  #between(byte: number): void {
    const unexpected = () => this.#error('this is not valid JSON.');
    switch (this.#state) {
      case 'start':
        if (byte !== OPEN_OBJECT) throw this.#error('the file must begin with {.');
        this.#open();
        this.#undecided = true;
        return;
      case 'name':
        if (byte !== QUOTE) throw unexpected();
        this.#inString = true;
        return;
      case 'colon':
        if (byte !== COLON) throw unexpected();
        this.#state = 'array';
        return;
      case 'array':
        if (byte !== OPEN_ARRAY) throw this.#error('must be an array.');
        this.#state = 'element';
        return;
      case 'element':
        if (byte === CLOSE_ARRAY) this.#state = 'afterMember';
        else if (byte === OPEN_OBJECT) this.#open();
        else throw this.#error('a record must be an object.');
        return;
      case 'afterElement':
        if (byte === COMMA) this.#state = 'nextElement';
        else if (byte === CLOSE_ARRAY) this.#state = 'afterMember';
        else throw unexpected();
        return;
      case 'afterMember':
        if (byte === COMMA) this.#state = 'name';
        else if (byte === CLOSE_OBJECT) this.#state = 'end';
        else throw unexpected();
        return;
      case 'nextElement':
      case 'line':
        if (byte !== OPEN_OBJECT) throw this.#error('a record must be an object.');
        this.#open();
        return;
      default:
        throw this.#error('nothing may follow the object.');
    }
  }

  #open(): void {
    this.#state = 'record';
    this.#startLine = this.#line;
    this.#depth = 1;
    this.#inString = false;
    this.#escaped = false;
  }

  /** Follows strings and brackets; true at the end of the record. */
  #inRecord(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#depth -= 1;
    return this.#depth === 0;
  }

  /** True when the first member's value turns out to be an array: this object is the whole file. */
  #decide(byte: number): boolean {
    if (this.#inString || isSpace(byte)) return false;
    if (!this.#colonSeen) {
      this.#colonSeen = byte === COLON;
      return false;
    }
    this.#undecided = false;
    return byte === OPEN_ARRAY;
  }

  #nameEnds(byte: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    return !this.#inString;
  }

  /** The name in these bytes, up to its closing quote. */
  #nameOf(parts: Buffer[]): string {
    const text = Buffer.concat(parts).toString();
    const quoted = text.slice(text.indexOf('"'), text.lastIndexOf('"') + 1);
    try {
      return JSON.parse(quoted) as string;
    } catch {
      throw this.#error('this is not valid JSON.');
    }
  }

  #keep(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size > MOST_RECORD_BYTES) {
      throw new LoadError(
        { line: this.#startLine, collection: this.#collection },
        'a record is larger than 1 MiB.',
      );
    }
    // A copy: the stream may reuse its buffer.
    this.#parts.push(Buffer.from(bytes));
  }

  #take(last: Buffer): ScannedRecord {
    this.#keep(last);
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    const whole = this.#undecided;
    if (whole || this.#collection === undefined) this.#lines = true;
    this.#undecided = false;
    this.#state = this.#lines ? 'line' : 'afterElement';
    return { collection: this.#collection, line: this.#startLine, bytes };
  }
}
