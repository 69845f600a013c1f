import { z } from 'zod';
import { dateAndTime } from './dateAndTime.ts';

/** Numbers go on above the highest that was loaded, and stay below 2^53: half of them are left. */
const HIGHEST_ID = 2 ** 52;
const wholeNumber = `must be a whole number from 1 to ${HIGHEST_ID}`;
const id = z.int(wholeNumber).positive(wholeNumber).max(HIGHEST_ID, wholeNumber);
const storable = (text: string) => text.isWellFormed() && !text.includes('\0');
const text = z
  .string('must be text')
  .refine(storable, 'must be text without NUL and lone surrogates');
const required = text.min(1, 'must not be empty');
const optionalText = text.nullish();

const designated = z.strictObject({ id, designation: required });

/** The least that can be asked without a number plan; `load` asks more. */
const identity = text.regex(
  /^(?:\+[1-9][0-9]{4,14}|[^\s@]+@[^\s@]+)$/,
  'must be a telephone in E.164 or an e-mail address in lower case',
);

/** The collections of the load and dump format, in the order in which they refer to one another. */
export const loadCollections = {
  regions: z.strictObject({ id, nom: required }),
  programmes: z.strictObject({ id, idRegion: id, nom: required, ville: optionalText }),
  statuts: designated,
  origines: designated,
  types_contact: designated,
  types_action: designated,
  clients: z.strictObject({ id, nom: required }),
  prospects: z.strictObject({
    id,
    civilite: optionalText,
    nom: optionalText,
    prenom: optionalText,
    telephone: optionalText,
    email: optionalText,
    adresse: optionalText,
    code_postal: optionalText,
    ville: optionalText,
    pays: optionalText,
    created_at: dateAndTime.nullish(),
  }),
  /**
   * By what prospects are recognised when a lead arrives, each value for one prospect. Their own
   * telephone and email need not be given: `load` adds them.
   */
  identities: z.strictObject({ id, idProspect: id, value: identity }),
  actions: z.strictObject({
    id,
    idProspect: id,
    idProgramme: id,
    idStatut: id,
    idOrigine: id.nullish(),
    idTypeContact: id.nullish(),
    idTypeAction: id.nullish(),
    /** Who pulled it; absent on what an older system handed out. */
    idClient: id.nullish(),
    created_at: dateAndTime.nullish(),
    /** Its place in the queue; created_at when absent. */
    ready_at: dateAndTime.nullish(),
    pulled_at: dateAndTime.nullish(),
    commentaire: optionalText,
    source_reference: optionalText,
    utm_source: optionalText,
    utm_medium: optionalText,
    utm_campaign: optionalText,
    utm_term: optionalText,
    utm_content: optionalText,
    gclid: optionalText,
    fbclid: optionalText,
  }),
} as const;

export type LoadCollection = keyof typeof loadCollections;
export type LoadRecord<Name extends LoadCollection> = z.input<(typeof loadCollections)[Name]>;

/** A whole file: one object with one array per collection. */
export type LoadDocument = { [Name in LoadCollection]?: LoadRecord<Name>[] };

/**
 * The JSON Schema (2020-12) of the JSON form: one object with one array per collection. In the
 * JSON Lines form each line is one record with its collection, `{"collection": "regions", …}`.
 */
export const loadSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(
    z.strictObject(
      Object.fromEntries(
        Object.entries(loadCollections).map(([name, record]) => [name, z.array(record).optional()]),
      ),
    ),
    { io: 'input' },
  ),
  title: 'Relais load and dump format',
});
