import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { id, text } from './parameters.ts';
import { exampleReleased, releasedLead } from './releasedLead.ts';

export const releaseLead = operatorOperation({
  name: 'releaseLead',
  title: 'Release a lead',
  description:
    'Lets a lead in, after what was wrong with it is put right. It may well stay, with the reasons that are left: what was put right is kept then.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: id().describe('The lead.'),
    programmeId: id().optional().describe('The programme that it asks about.'),
    telephone: text(200).optional().describe('Its telephone.'),
    email: text(300).optional().describe('Its e-mail address.'),
    nom: text(200).optional().describe('The family name.'),
    prenom: text(200).optional().describe('The first name.'),
    consent: z
      .boolean('must be true or false')
      .optional()
      .describe('Whether the person agreed to be called.'),
    cameBack: z
      .boolean('must be true or false')
      .optional()
      .describe(
        'Whether the person, who was erased, has come back by their own wish: without it such a lead stays, and with it their erasure is forgotten once the lead is in.',
      ),
  }),
  response: releasedLead,
  errors: ['record_not_found', 'record_in_use', 'changed_meanwhile'],
  example: { request: { id: 17, programmeId: 145 }, response: exampleReleased },
});
