import { type CountryCode, getCountries } from 'libphonenumber-js/max';
import { fold } from '../fields.ts';

/** Countries that have telephone numbers, by their code and their French and English names. */
const countries = new Map<string, CountryCode>();
for (const code of getCountries()) {
  countries.set(fold(code), code);
  for (const language of ['fr', 'en']) {
    for (const style of ['long', 'short'] as const) {
      const name = new Intl.DisplayNames(language, { type: 'region', style }).of(code);
      if (name) countries.set(fold(name), code);
    }
  }
}

/** The country that a code (`BE`) or a French or English name (`Belgique`) stands for. */
export const countryOf = (name: string): CountryCode | undefined =>
  name.length > 64 ? undefined : countries.get(fold(name));
