import { z } from 'zod';

/** A key as it is shown, once. */
export const issuedKey = z
  .object({
    id: z.string().describe('Identifies the key.'),
    key: z.string().describe('The key itself: shown this once, for the client alone.'),
  })
  .meta({ id: 'IssuedKey' });

export const exampleIssuedKey: z.infer<typeof issuedKey> = {
  id: '4fT0a9LmQz12',
  key: `relais_live_4fT0a9LmQz12_${'0'.repeat(49)}`,
};
