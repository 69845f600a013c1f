const rules = { fr: new Intl.PluralRules('fr'), en: new Intl.PluralRules('en') };
const numbers = { fr: new Intl.NumberFormat('fr'), en: new Intl.NumberFormat('en') };

const plural =
  (language: 'fr' | 'en') =>
  (count: number, one: string, other: string): string =>
    `${numbers[language].format(count)} ${rules[language].select(count) === 'one' ? one : other}`;

/** A count alone: "20 000". */
export const countFr = (count: number): string => numbers.fr.format(count);
/** A count alone: "20,000". */
export const countEn = (count: number): string => numbers.en.format(count);
/** A count with its noun: `pluralFr(0, 'contact', 'contacts')` is "0 contact". */
export const pluralFr = plural('fr');
/** A count with its noun: `pluralEn(0, 'contact', 'contacts')` is "0 contacts". */
export const pluralEn = plural('en');
