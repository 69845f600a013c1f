import { domainToASCII } from 'node:url';
import { nearest } from '../../text/nearest.ts';
import { trimText } from './text.ts';

/** An e-mail address that could be read, or not; and a sentence where it looks mistyped. */
export type Email =
  | {
      /** What a person is matched by: lower case, NFC, the domain in ASCII. */
      readonly key: string;
      /** The address alone, as typed. */
      readonly address: string;
      /** Whether the text says more than the address. */
      readonly rest: boolean;
      readonly suggestion?: string;
    }
  | { readonly unreadable: true; readonly suggestion?: string };

/** An address has at most 254 characters (RFC 5321); the rest is room for a name beside it. */
const MOST_CHARACTERS = 512;
const MOST_KEY_CHARACTERS = 254;

/**
 * Reads the e-mail address of a text: the one in `<…>`, or else what the text begins with, after
 * `mailto:` or `E-mail :`. What comes later is passed over; a word before it is not, for
 * "jean martin@email.com" was not meant to be martin's address. An address that is one letter away
 * from a common domain has a key and a suggestion.
 */
export function readEmail(text: string): Email {
  const trimmed = trimText(text);
  if (trimmed.length > MOST_CHARACTERS) {
    return { unreadable: true, suggestion: 'Le texte est trop long pour une adresse.' };
  }
  const found = findAddress(trimmed);
  const suggestion = found ? mistyped(found.key) : repair(trimmed);
  if (!found) return { unreadable: true, ...(suggestion && { suggestion }) };
  return { ...found, ...(suggestion && { suggestion }) };
}

/** What people write before an address. */
const LABEL = /^(?:mailto|(?:adresse )?(?:e-?mail|mail|courriel))\s*:/i;

function findAddress(text: string): { key: string; address: string; rest: boolean } | undefined {
  const inside = text.slice(text.lastIndexOf('<') + 1).replace(/^[^@:]*:\s*/, '');
  const word = inside.split(/[\s,;<>()[\]"?]/).find((part) => part !== '');
  const key = word && readAddress(word.normalize('NFC'));
  if (!key) return undefined;
  const address = bareAddress(word);
  const [before = '', ...after] = text.split(address);
  const rest = before.replace('<', '').trim().replace(LABEL, '') + after.join(address);
  return { key, address, rest: /[\p{L}\p{N}]/u.test(rest) };
}

/** What may stand in the part before the @; its letters may be of any script (RFC 6531). */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+\-/=^_`{|}~.]{1,64}$/u;
/** At least two labels, the last one no number. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/;

/** A word without the signs around it. */
const bareAddress = (word: string): string =>
  word.replace(/^['’]+/, '').replace(/[.:!'’]{1,8}$/, '');

function readAddress(word: string): string | undefined {
  const bare = bareAddress(word);
  const at = bare.indexOf('@');
  if (at < 1) return undefined;
  const local = bare.slice(0, at).toLowerCase().normalize('NFC');
  const typed = bare.slice(at + 1);
  // domainToASCII reads a host of a URL, and would take "a.fr/x" for "a.fr".
  if (!LOCAL.test(local) || !/^[\p{L}\p{M}\p{N}.\-。．]+$/u.test(typed)) return undefined;
  const domain = domainToASCII(typed);
  const key = `${local}@${domain}`;
  return DOMAIN.test(domain) && key.length <= MOST_KEY_CHARACTERS ? key : undefined;
}

/** Domains of most people, and what looks like them and is right. */
const common = `gmail.com hotmail.fr hotmail.com outlook.fr outlook.com orange.fr wanadoo.fr free.fr
  sfr.fr laposte.net yahoo.fr yahoo.com icloud.com live.fr`.split(/\s+/);

const perhaps = (address: string): string => `Peut-être ${address} ?`;

/** Asks about a domain that is one edit away from a common one. */
function mistyped(key: string): string | undefined {
  const at = key.indexOf('@');
  const near = nearDomain(key.slice(at + 1));
  return near && perhaps(`${key.slice(0, at)}@${near}`);
}

/**
 * The common domain that a domain was meant to be. People seldom miss the first letter, and an edit
 * of a short name such as "free" is often another name: there only its end may differ.
 */
function nearDomain(domain: string): string | undefined {
  if (common.includes(domain)) return undefined;
  const alike = common.filter((name) => {
    const [label = ''] = name.split('.');
    return domain.startsWith(label.length < 5 ? label : label.charAt(0));
  });
  return nearest(domain, alike, 1);
}

/** What an unreadable address was likely meant to be. */
function repair(text: string): string | undefined {
  const written = text.replace(/\s/g, '').replaceAll(',', '.').toLowerCase().normalize('NFC');
  const joined = written.replace(/[([](?:at|arobase)[)\]]/, '@');
  if (!joined.includes('@')) {
    const domain = common.find((name) => joined.endsWith(name) && joined.length > name.length);
    const local = domain && joined.slice(0, -domain.length).replace(/\.$/, '');
    const key = local && readAddress(`${local}@${domain}`);
    return key ? perhaps(key) : 'Il manque le @.';
  }
  const key = readAddress(joined);
  if (key !== undefined) return mistyped(key) ?? perhaps(key);
  const at = joined.indexOf('@');
  const near = nearDomain(joined.slice(at + 1));
  const address = near && readAddress(`${joined.slice(0, at)}@${near}`);
  return address && perhaps(address);
}
