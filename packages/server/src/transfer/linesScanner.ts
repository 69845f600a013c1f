import { HeldBytes } from './heldBytes.ts';
import type { ScannedRecord, Scanner } from './scanner.ts';

const NEWLINE = 0x0a;

/** Scans JSON Lines: each line that is not blank is a record. */
export class LinesScanner implements Scanner {
  #line = 1;
  readonly #held = new HeldBytes();

  *push(chunk: Buffer): Generator<ScannedRecord> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end === -1) break;
      yield* this.#record(chunk.subarray(from, end));
      this.#line += 1;
      from = end + 1;
    }
    this.#held.keep(chunk.subarray(from), { line: this.#line });
  }

  *end(): Generator<ScannedRecord> {
    yield* this.#record(Buffer.alloc(0));
  }

  *#record(last: Buffer): Generator<ScannedRecord> {
    const bytes = this.#held.take(last, { line: this.#line });
    if (bytes.some((byte) => !isBlank(byte))) {
      yield { collection: undefined, line: this.#line, bytes };
    }
  }
}

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;
