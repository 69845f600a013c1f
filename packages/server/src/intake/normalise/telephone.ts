import {
  type CountryCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { countryOf } from './country.ts';
import { trimText } from './text.ts';

/** A telephone that could be read, or a sentence for the operator where one helps. */
export type Telephone =
  | {
      readonly e164: string;
      /** True for a number of the ranges kept for canvassing, which no person has. */
      readonly canvassing: boolean;
      /** True when more than the number was typed, such as "après 18h". */
      readonly rest: boolean;
    }
  | { readonly unreadable: true; readonly suggestion?: string };

/** No number is longer; what is longer is not looked at. */
const MOST_CHARACTERS = 64;

/**
 * Reads the first telephone number of a text. Numbers of France and its overseas departments need
 * no country; `pays` (a code, or a name in French or English) tells of another one.
 */
export function readTelephone(text: string, pays?: string): Telephone {
  const trimmed = trimText(text);
  if (trimmed.length > MOST_CHARACTERS) {
    return { unreadable: true, suggestion: 'Le texte est trop long pour un numéro.' };
  }
  const plain = simplify(trimmed);
  const country = pays === undefined ? undefined : countryOf(pays);
  const runs = plain.match(RUN) ?? [];
  for (const run of [...runs, ...runs.flatMap(severalNumbers)]) {
    const number = readRun(run, country);
    if (number) {
      const rest = /[\p{L}\p{N}]/u.test(plain.replace(run, ''));
      return { e164: number, canvassing: CANVASSING.test(number), rest };
    }
  }
  const suggestion = suggest(runs);
  return { unreadable: true, ...(suggestion && { suggestion }) };
}

/** Plain digits, spaces and hyphens for those of other scripts, no invisible signs, no scheme. */
const simplify = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    // A line of its own in a cell is another number: its break is a space, and not nothing.
    .replace(/\s/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    // `tel:` as in RFC 3966; `p:` as in the files that Meta exports.
    .replace(/^(?:tel|p): ?/i, '');

/** Digits with what people write between them; brackets only around digits: "+33 (0)6". */
const RUN = /\+?(?:\(\+?\d{1,4}\)|\d)(?:[ .\-/]*(?:\(\d{1,4}\)|\d))*/g;
const FRENCH = /(?:(?:\+|00)33 ?(?:\(0\))?|0)[1-9](?:[ .\-/]?\d\d){4}(?!\d)/g;

/** The French numbers of a run that has the digits of two. */
const severalNumbers = (run: string): string[] =>
  digitsOf(run).length < 18 ? [] : (run.match(FRENCH) ?? []);

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The digits of a run, less the sign of a country code (`+`, `00`), which may be in brackets. */
function takeApart(run: string): { international: boolean; digits: string } {
  const digits = digitsOf(run).replace(/^00/, '');
  const sign = /^\(?\+/.test(run) || digits.length < digitsOf(run).length;
  // "+06 12 …" is a French number with a plus too many.
  return { international: sign && !digits.startsWith('0'), digits };
}

function readRun(run: string, country: CountryCode | undefined): string | undefined {
  const { international, digits } = takeApart(run);
  return international ? readInternational(digits) : readNational(digits, country);
}

function readInternational(digits: string): string | undefined {
  const number = parsePhoneNumberFromString(`+${digits}`, { extract: false });
  if (number?.isValid()) return number.number;
  // "+33 692 …": a number of an overseas department, written as one of metropolitan France.
  return number?.countryCallingCode === '33' ? overseas(`${number.nationalNumber}`) : undefined;
}

/**
 * The same digits may be a number of France and one of the country that the person named. A mobile
 * number of that country comes first, then a French mobile number, then any other number of that
 * country, then any other French one.
 */
function readNational(digits: string, country: CountryCode | undefined): string | undefined {
  const named = country === undefined || country === 'FR' ? [] : [country];
  const numbers = [...named, 'FR' as const].flatMap((place) => valid(digits, place) ?? []);
  const chosen = numbers.find(isMobile) ?? numbers[0];
  return chosen?.number ?? overseas(digits);
}

/** Departments whose numbers the rules of metropolitan France do not know. */
const OVERSEAS = ['RE', 'YT', 'GP', 'GF', 'MQ'] as const;

function overseas(digits: string): string | undefined {
  for (const department of OVERSEAS) {
    const number = valid(digits, department);
    if (number) return number.number;
  }
  return undefined;
}

function valid(digits: string, country: CountryCode): PhoneNumber | undefined {
  const number = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false });
  return number?.isValid() ? number : undefined;
}

const isMobile = (number: PhoneNumber): boolean => {
  const type = number.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
};

/** The beginnings 0162, 0163, 0270, 0271, 0377, 0378, 0424, 0425, 0568, 0569, 0948 and 0949. */
const CANVASSING = /^\+33(?:16[23]|27[01]|37[78]|42[45]|56[89]|94[89])/;

const NO_SUCH = 'Ce numéro n’existe pas.';
const TOO_FEW = ['Il manque un chiffre.', 'Il manque deux chiffres.'];
const TOO_MANY = ['Un chiffre de trop.', 'Deux chiffres de trop.'];

/** What is likely wrong with the longest run of digits, where none could be read. */
function suggest(runs: readonly string[]): string | undefined {
  const [longest] = runs.toSorted((left, right) => digitsOf(right).length - digitsOf(left).length);
  if (longest === undefined) return 'Il n’y a pas de numéro.';
  const { international, digits } = takeApart(longest);
  if (international && !digits.startsWith('33')) return suggestAbroad(digits);
  if (!international && !digits.startsWith('0')) return undefined;
  if (!international && digitsOf(longest).length === 10) return NO_SUCH;
  const national = digits.replace(international ? /^330?/ : /^0/, '');
  const missing = 9 - national.length;
  if (missing === 0) return NO_SUCH;
  return missing > 0 ? TOO_FEW[missing - 1] : TOO_MANY[-missing - 1];
}

function suggestAbroad(digits: string): string {
  switch (validatePhoneNumberLength(`+${digits}`)) {
    case 'INVALID_COUNTRY':
      return 'L’indicatif du pays n’existe pas.';
    case 'TOO_SHORT':
      return 'Le numéro est trop court.';
    case 'TOO_LONG':
      return 'Le numéro est trop long.';
    default:
      return NO_SUCH;
  }
}
