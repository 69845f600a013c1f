const NEWLINE = 0x0a;
const QUOTE = 0x22;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Finds where a JSON string, array or object ends, by its quotes and brackets alone; JSON.parse
 * judges the rest. The value may be cut into chunks anywhere: every byte that counts is ASCII, and
 * no byte of a longer UTF-8 sequence looks like one.
 */
export class ValueEnd {
  #newlines = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /**
   * Goes on from `from`, at first the opening quote or bracket. Gives the place after the value's
   * end and is then ready for the next value, or -1 when the end is not in this chunk.
   */
  find(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      if (this.#inString ? this.#stringByte(chunk[at]) : this.#plainByte(chunk[at])) {
        this.#depth = 0;
        this.#inString = false;
        return at + 1;
      }
    }
    return -1;
  }

  /** The line breaks within the values that were found since the last call. */
  takeNewlines(): number {
    const newlines = this.#newlines;
    this.#newlines = 0;
    return newlines;
  }

  #stringByte(byte: number | undefined): boolean {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (byte === BACKSLASH) {
      this.#escaped = true;
    } else if (byte === QUOTE) {
      this.#inString = false;
      return this.#depth === 0;
    }
    // A string left open is no JSON. Ending here lets the parser refuse this record, at its line,
    // instead of taking the rest of the file for it.
    return byte === NEWLINE;
  }

  #plainByte(byte: number | undefined): boolean {
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        return false;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        this.#depth += 1;
        return false;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.#depth -= 1;
        return this.#depth === 0;
      case NEWLINE:
        this.#newlines += 1;
        return false;
      default:
        return false;
    }
  }
}
