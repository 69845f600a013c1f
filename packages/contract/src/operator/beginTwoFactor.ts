import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { password } from './credentials.ts';

export const beginTwoFactor = operatorOperation({
  name: 'beginTwoFactor',
  title: 'Begin with a second factor',
  description:
    'Gives a new secret for an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds). It counts once confirmTwoFactor has seen a code of it.',
  changes: true,
  access: everyone,
  database: false,
  beforeTwoFactor: true,
  request: z.strictObject({ password: password().describe('Your password.') }),
  response: z.object({
    uri: z.string().describe('The otpauth URI, to be shown as a QR code.'),
    secret: z.string().describe('The secret in base32, for typing it.'),
  }),
  errors: ['changed_meanwhile', 'rate_limited'],
  example: {
    request: { password: 'une phrase bien à moi' },
    response: {
      uri: 'otpauth://totp/Relais:claire%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Relais',
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    },
  },
});
