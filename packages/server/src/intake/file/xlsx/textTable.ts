import { FileError } from '../fileError.ts';

/** What the texts of one file may take, at four bytes more for each. */
const MOST_TEXT_BYTES = 256 * 1024 ** 2;

/** Texts by their number, packed as UTF-8: a million of them as strings take five times as much. */
export class TextTable {
  #bytes = Buffer.alloc(64 * 1024);
  #ends = new Uint32Array(4 * 1024);
  #length = 0;
  #count = 0;

  /** Fails with a FileError when the table is full. */
  add(text: string): void {
    const end = this.#length + Buffer.byteLength(text);
    if (end + 4 * this.#count > MOST_TEXT_BYTES) {
      throw new FileError('The file holds more than 256 MiB of text; save it as CSV.');
    }
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(2 * this.#bytes.length, end));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    if (this.#count === this.#ends.length) {
      const grown = new Uint32Array(2 * this.#count);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#bytes.write(text, this.#length);
    this.#ends[this.#count] = end;
    this.#length = end;
    this.#count += 1;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    return this.#bytes.toString('utf8', this.#ends[index - 1] ?? 0, this.#ends[index]);
  }
}
