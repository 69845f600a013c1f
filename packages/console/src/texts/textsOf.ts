import { type Language, useLanguage } from './language.ts';

/**
 * A hook that gives the texts of an area in the language that is chosen. The French ones are the
 * model; the type of the English ones is taken from them, so none can be missing.
 */
export const textsOf =
  <Texts>(texts: Readonly<Record<Language, Texts>>) =>
  (): Texts =>
    texts[useLanguage()];
