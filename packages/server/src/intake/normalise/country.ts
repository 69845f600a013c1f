import { type CountryCode, getCountries } from 'libphonenumber-js/max';
import { fold } from '../fields.ts';

/** Countries that have telephone numbers, by their code and their French and English names. */
let countries: Map<string, CountryCode> | undefined;

/** The country that a code (`BE`) or a French or English name (`Belgique`) stands for. */
export function countryOf(name: string): CountryCode | undefined {
  if (name.length > 64) return undefined;
  // Not before it is asked for: most processes are commands, and most leads name no country.
  countries ??= nameCountries();
  return countries.get(fold(name));
}

function nameCountries(): Map<string, CountryCode> {
  const names = ['fr', 'en'].flatMap((language) =>
    (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames(language, { type: 'region', style }),
    ),
  );
  const named = new Map<string, CountryCode>();
  for (const code of getCountries()) {
    named.set(fold(code), code);
    for (const inLanguage of names) {
      const name = inLanguage.of(code);
      if (name) named.set(fold(name), code);
    }
  }
  return named;
}
