import { fold } from '../fields.ts';

/** The parts of a name that was written in one; what it does not tell is absent. */
export interface NameParts {
  readonly civilite?: string;
  readonly prenom?: string;
  readonly nom?: string;
}

/** What a full name adds to the parts that are known; null where they are not. */
interface Completed {
  readonly parts: NameParts;
  /** The full name, where it tells more than the parts then do. */
  readonly rest?: string;
}

/** Reads a full name beside parts that are known: those stay as they are. */
export function completeName(
  known: Readonly<Record<'civilite' | 'prenom' | 'nom', string | null>>,
  full: string | null,
): Completed {
  if (full === null) return { parts: {} };
  const { civilite, ...split } = splitName(full);
  const title = known.civilite === null && civilite ? { civilite } : {};
  const otherTitle = known.civilite !== null && civilite && known.civilite !== civilite;
  const rest = otherTitle ? { rest: full } : {};
  const { nom, prenom } = known;
  if (nom === null && prenom === null) return { parts: { ...title, ...split }, ...rest };
  // "Jean" comes with the full name "Jean Dupont", or with the name "Dupont": both are sent.
  const told = new Set([...wordsOf(nom), ...wordsOf(prenom)].map(fold));
  const words = wordsOf(full).slice(civilite ? 1 : 0);
  const others = words.filter((word) => !told.has(fold(word))).join(' ');
  if (others === '') return { parts: title, ...rest };
  if (nom === null) return { parts: { ...title, nom: others }, ...rest };
  if (prenom === null) return { parts: { ...title, prenom: others }, ...rest };
  return { parts: title, rest: full };
}

const wordsOf = (text: string | null): string[] =>
  text?.split(/\s+/).filter((word) => word !== '') ?? [];

const titles = new Map([
  ['m', 'M.'],
  ['mr', 'M.'],
  ['monsieur', 'M.'],
  ['mme', 'Mme'],
  ['mrs', 'Mme'],
  ['ms', 'Mme'],
  ['madame', 'Mme'],
  ['mlle', 'Mme'],
  ['mademoiselle', 'Mme'],
]);

/**
 * Takes a full name apart. A title in front is the civilite. Words in capitals beside others that
 * are not are the family name, and so is what stands before a comma; otherwise the first word is
 * the first name and the rest the family name. A single word is a family name, and so is a couple
 * ("M. et Mme Martin"), whole. Words stay as typed.
 */
export function splitName(text: string): NameParts {
  const words = wordsOf(text);
  const title = words.length > 1 ? titles.get(fold(words[0] ?? '')) : undefined;
  if (!title) return splitWords(words);
  const rest = words.slice(1);
  if (isConjunction(rest[0])) return { nom: words.join(' ') };
  return { civilite: title, ...splitWords(rest) };
}

const isConjunction = (word: string | undefined): boolean =>
  word !== undefined && /^(?:et|ou|and|or|&|\+|\/)$/i.test(word);

function splitWords(words: readonly string[]): NameParts {
  const comma = words.findIndex((word) => word.endsWith(','));
  if (comma >= 0 && comma < words.length - 1) {
    const before = words.slice(0, comma + 1).join(' ');
    return parts(words.slice(comma + 1), [before.slice(0, -1)]);
  }
  const family = words.filter(isCapitals);
  if (family.length > 0 && family.length < words.length) {
    return parts(
      words.filter((word) => !isCapitals(word)),
      family,
    );
  }
  return words.length === 1 ? parts([], words) : parts(words.slice(0, 1), words.slice(1));
}

function isCapitals(word: string): boolean {
  const letters = word.match(/\p{L}/gu) ?? [];
  return letters.length >= 2 && letters.every((letter) => /\p{Lu}/u.test(letter));
}

function parts(prenom: readonly string[], nom: readonly string[]): NameParts {
  return {
    ...(prenom.length > 0 && { prenom: prenom.join(' ') }),
    ...(nom.length > 0 && { nom: nom.join(' ') }),
  };
}
