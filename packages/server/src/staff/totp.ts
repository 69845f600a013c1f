import { generateSecret, generateURI, verify } from 'otplib';
import { seal, unseal } from '../keys/seal.ts';

const ISSUER = 'Relais';
/** A code of the step before and of the step after counts too: clocks differ. Seconds. */
const TOLERANCE = 30;

const purpose = (staff: number): string => `second factor of staff ${staff}`;

/** A new secret of 160 bits, in base32, as it is shown, and sealed, as it is stored. */
export function newTotpSecret(key: Buffer, staff: number): { secret: string; sealed: Buffer } {
  const secret = generateSecret({ length: 20 });
  return { secret, sealed: seal(key, purpose(staff), secret) };
}

/** Whether this key opens the sealed secret of somebody. */
export const opensTotp = (key: Buffer, staff: number, sealed: Buffer): boolean =>
  unseal(key, purpose(staff), sealed) !== undefined;

/** What an authenticator app reads from a QR code. */
export const totpUri = (email: string, secret: string): string =>
  generateURI({ issuer: ISSUER, label: email, secret });

/**
 * The time step (RFC 6238) of a code of 6 digits; undefined when it is not a code of about now, or
 * the secret was sealed by another installation. `now` is in seconds since 1970.
 */
export async function stepOf(
  key: Buffer,
  staff: number,
  sealed: Buffer,
  code: string,
  now: number = Date.now() / 1000,
): Promise<number | undefined> {
  const secret = unseal(key, purpose(staff), sealed);
  if (secret === undefined || !/^\d{6}$/.test(code)) return undefined;
  const result = await verify({
    secret,
    token: code,
    epoch: Math.floor(now),
    epochTolerance: TOLERANCE,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
