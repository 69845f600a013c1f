/** Counts the lines of a text that comes in pieces; they end in LF, CRLF or CR. */
export class LineCounter {
  /** The line that the text has come to, from 1. */
  line = 1;
  /** Characters of that line so far. */
  length = 0;
  #afterCr = false;

  /** Goes on through the text, up to the end of the first line that is longer than `most`. */
  add(text: string, most = Number.POSITIVE_INFINITY): void {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 10 || code === 13) {
        if (code === 13 || !this.#afterCr) this.line += 1;
        this.length = 0;
      } else {
        this.length += 1;
        if (this.length > most) return;
      }
      this.#afterCr = code === 13;
    }
  }
}
