import { z } from 'zod';
import { answerCount, answerId, answerTime } from './parameters.ts';

/** Where a pull stands: its answer was written whole, or perhaps not, or its contacts are back. */
export const pullStates = ['written', 'uncertain', 'released'] as const;

/** A pull as the console shows it. */
export const listedPull = z
  .object({
    pull_id: z.uuid().describe('The pull.'),
    client_id: answerId('The client.'),
    client_nom: z.string().describe('Its name.'),
    key_id: z.string().describe('The API key that pulled.'),
    seq: answerId("Its number among the client's pulls."),
    pulled_at: answerTime('When it was pulled.'),
    contacts: answerCount('How many contacts it handed out.'),
    state: z
      .enum(pullStates)
      .describe(
        'written: the answer left whole, or was empty; uncertain: it may not have arrived; released: its contacts were put back.',
      ),
    answer_written_at: answerTime(
      'When an answer with it was last written whole; null: not known.',
    ).nullable(),
    idempotent: z.boolean().describe('True when the client may repeat it under a key of its own.'),
    statut_ready: z.string().describe('The statut that it pulled from.'),
    statut_pulled: z.string().describe('The statut that it gave.'),
    released_at: answerTime('When it was released; null: it was not.').nullable(),
    released: answerCount('How many contacts were put back; null before.').nullable(),
    released_by: z
      .string()
      .nullable()
      .describe('Who released it: `key:<id>` for the client itself, `staff:<id>`; null before.'),
    released_by_nom: z.string().nullable().describe('Name of that client or person.'),
    release_reason: z.string().nullable().describe('Why it was released; null before.'),
  })
  .meta({ id: 'ListedPull' });

export type ListedPull = z.infer<typeof listedPull>;

export const exampleListedPull: ListedPull = {
  pull_id: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
  client_id: 1,
  client_nom: 'Promoteur X',
  key_id: '3kTMd9wQzRb1',
  seq: 12,
  pulled_at: '2026-11-23T09:00:00.000Z',
  contacts: 1,
  state: 'written',
  answer_written_at: '2026-11-23T09:00:00.250Z',
  idempotent: true,
  statut_ready: 'À transmettre',
  statut_pulled: 'Transmis',
  released_at: null,
  released: null,
  released_by: null,
  released_by_nom: null,
  release_reason: null,
};
