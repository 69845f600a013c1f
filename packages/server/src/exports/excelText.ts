/** What a cell of Excel holds; a file with more in one is "repaired" when it is opened. */
const MOST_CHARACTERS = 32_767;

/** A text as a cell can hold it: a longer one is cut, with a mark. */
export function excelText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const kept = text.slice(0, MOST_CHARACTERS - 1);
  // Not half a character.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/**
 * Text as XML of a spreadsheet. Characters that XML has no room for are written as Excel writes
 * them, `_x000D_`, and a text that looks like one of these is kept apart (ECMA-376, 22.9.2.19).
 */
export const escapeXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  text.replace(/[&<>\0-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g, (character) => {
    switch (character) {
      case '&':
        return '&amp;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      default: {
        const code = character.charCodeAt(0);
        return `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
      }
    }
  });
