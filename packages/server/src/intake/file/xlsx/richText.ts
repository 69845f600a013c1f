/**
 * Gathers the text of a shared or an inline string (ECMA-376, 18.4): the runs joined, the phonetic
 * ones left out. Tell it of each tag inside the string.
 */
export class RichText {
  #text = '';
  #inText = false;
  #phonetic = false;

  open(name: string): void {
    if (name === 'rPh') this.#phonetic = true;
    else if (name === 't') this.#inText = !this.#phonetic;
  }

  add(text: string): void {
    if (this.#inText) this.#text += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic = false;
    else if (name === 't') this.#inText = false;
  }

  /** Gives the text and begins the next one. */
  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

/** Characters that XML does not take are written as _x000D_ (ST_Xstring, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
