import { type Language, useLanguage } from './language.ts';
import { typeset } from './typeset.ts';

/**
 * A hook that gives the texts of an area in the language that is chosen. The French ones are the
 * model; the type of the English ones is taken from them, so none can be missing.
 */
export function textsOf<Texts>({ fr, en }: Readonly<Record<Language, Texts>>): () => Texts {
  const texts = { fr: typeset(fr), en };
  return () => texts[useLanguage()];
}
