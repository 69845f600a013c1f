import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { newPassword, password } from './credentials.ts';
import { answerCount } from './parameters.ts';

export const changePassword = operatorOperation({
  name: 'changePassword',
  title: 'Change your password',
  description: 'Sets another password and ends your other sessions.',
  changes: true,
  access: everyone,
  database: false,
  request: z.strictObject({
    current: password().describe('The password until now.'),
    next: newPassword(),
  }),
  response: z.object({ ended_sessions: answerCount('How many other sessions were ended.') }),
  errors: ['changed_meanwhile', 'rate_limited'],
  example: {
    request: { current: 'une phrase bien à moi', next: 'une autre phrase à moi' },
    response: { ended_sessions: 1 },
  },
});
