/** French breaks no line before ; : ? ! and », nor after « and n°: these spaces hold together. */
const unbroken = (text: string): string => text.replace(/ (?=[;:?!»])|(?<=«|n°) /g, '\u00a0');

/** The same texts, and what their functions give, with spaces that break where French allows it. */
export function typeset<Texts>(texts: Texts): Texts {
  return each(texts) as Texts;
}

function each(texts: unknown): unknown {
  if (typeof texts === 'string') return unbroken(texts);
  if (typeof texts === 'function') return (...given: unknown[]) => each(texts(...given));
  if (Array.isArray(texts)) return texts.map(each);
  if (typeof texts !== 'object' || texts === null) return texts;
  return Object.fromEntries(Object.entries(texts).map(([name, own]) => [name, each(own)]));
}
