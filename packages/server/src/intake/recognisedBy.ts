import type { Person } from '../store/prospects.ts';
import { readEmail } from './normalise/email.ts';
import { readTelephone } from './normalise/telephone.ts';

/** The identities by which leads would recognise a person of these fields. */
export function recognisedBy({
  telephone,
  email,
  pays,
}: Pick<Person, 'telephone' | 'email' | 'pays'>): string[] {
  const number = telephone === null ? undefined : readTelephone(telephone, pays ?? undefined);
  const address = email === null ? undefined : readEmail(email);
  return [
    ...(number && 'e164' in number ? [number.e164] : []),
    ...(address && 'key' in address ? [address.key] : []),
  ];
}
