/** The text with another letter in one place, whatever was there. */
export const typo = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
