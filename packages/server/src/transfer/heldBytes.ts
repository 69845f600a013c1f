import { LoadError, type Place } from './loadError.ts';

/** The largest record that a file may hold: what a reader holds at the most, beside a chunk. */
const MOST_RECORD_BYTES = 1024 * 1024;

/** The beginning of a record whose end is in a later chunk. */
export class HeldBytes {
  #parts: Buffer[] = [];
  #size = 0;

  /** Keeps bytes until the rest comes; `place` is told when the record is too large. */
  keep(bytes: Buffer, place: Place): void {
    this.#grow(bytes, place);
    // A copy: the stream may use its buffer again.
    this.#parts.push(Buffer.from(bytes));
  }

  /** What was kept and these last bytes, which are valid until the next chunk is read. */
  take(last: Buffer, place: Place): Buffer {
    this.#grow(last, place);
    const whole = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#size = 0;
    return whole;
  }

  #grow(bytes: Buffer, place: Place): void {
    this.#size += bytes.length;
    if (this.#size > MOST_RECORD_BYTES) {
      throw new LoadError(place, 'a record is larger than 1 MiB.');
    }
  }
}
