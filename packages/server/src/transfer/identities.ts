import { readEmail } from '../intake/normalise/email.ts';
import { readTelephone } from '../intake/normalise/telephone.ts';
import { cleanText } from '../intake/normalise/text.ts';
import { frenchNumber } from './frenchNumber.ts';

/**
 * By what a lead with these members of a prospect would be recognised: its telephone in E.164 and
 * its e-mail address in lower case, as far as they can be read.
 */
export function identitiesOf(prospect: Readonly<Record<string, unknown>>): string[] {
  const telephone = typed(prospect.telephone);
  const email = typed(prospect.email);
  const read = [telephone && numberOf(telephone, typed(prospect.pays)), email && addressOf(email)];
  return read.filter((value) => value !== undefined);
}

/** Whether a lead could be recognised by this value, letter by letter. */
export const isIdentity = (value: string): boolean =>
  value === (value.includes('@') ? addressOf(value) : numberOf(value));

/** A text that says something, as intake cleans it before it reads it. */
function typed(value: unknown): string | undefined {
  return (typeof value === 'string' && cleanText(value).text) || undefined;
}

function numberOf(text: string, pays?: string): string | undefined {
  const plain = frenchNumber(text, pays);
  if (plain !== undefined) return plain;
  const read = readTelephone(text, pays);
  return 'e164' in read ? read.e164 : undefined;
}

function addressOf(text: string): string | undefined {
  const read = readEmail(text);
  return 'key' in read ? read.key : undefined;
}
