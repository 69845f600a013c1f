import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id, text } from './parameters.ts';

/** A field of a person: a text, or null to empty it; left out, it stays as it is. */
const field = (what: string, most: number) =>
  text(most).nullable().optional().describe(`${what}; null empties it.`);

/** A field as getProspect has shown it: compared with what is stored, and never written. */
const shown = () => z.string('must be a text or null').nullable().optional();

export const correctProspect = operatorOperation({
  name: 'correctProspect',
  title: 'Correct a person',
  description:
    'Writes fields of a person, brought into the form that leads are stored in. A telephone or e-mail address by which another person is known is refused. The old telephone or e-mail address no longer leads to this person once it is replaced. With what was shown of the fields (before), a correction of one that somebody else has changed since is refused, and writes nothing. What clients have received stays as it was delivered.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    prospectId: id().describe('The person.'),
    civilite: field('Title: M., Mme', 100),
    nom: field('Family name', 500),
    prenom: field('First name', 500),
    telephone: field('Telephone, in any usual form; French where no country is given', 64),
    email: field('E-mail address', 254),
    adresse: field('Street address', 1000),
    code_postal: field('Postcode', 20),
    ville: field('Town', 200),
    pays: field('Country', 100),
    before: z
      .strictObject(
        {
          civilite: shown(),
          nom: shown(),
          prenom: shown(),
          telephone: shown(),
          email: shown(),
          adresse: shown(),
          code_postal: shown(),
          ville: shown(),
          pays: shown(),
        },
        'must be an object of fields',
      )
      .optional()
      .describe('What stood in fields as the person was shown; of the fields that change alone.'),
    reason: text(500).describe('Why, for the record: 1 to 500 characters.'),
  }),
  response: z.object({
    prospect_id: answerId('The person.'),
    changed: z
      .array(z.string())
      .describe('The fields that are otherwise than before; empty when nothing was.'),
  }),
  errors: ['record_not_found', 'record_in_use', 'changed_meanwhile'],
  example: {
    request: {
      prospectId: 5002,
      telephone: '06 12 34 56 79',
      before: { telephone: '+33612345678' },
      reason: 'misheard on the telephone',
    },
    response: { prospect_id: 5002, changed: ['telephone'] },
  },
});
