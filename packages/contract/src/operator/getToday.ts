import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { reasonCode } from './leadReason.ts';
import { answerCount, answerId, answerTime } from './parameters.ts';

const optionalTime = (what: string) => answerTime(what).nullable();
const nom = (what: string) => z.string().describe(what);
const day = z.iso.date().describe('A day in Paris, such as 2026-11-23.');

const ready = z.object({
  total: answerCount('Contacts in a statut that a key pulls from.'),
  oldest_ready_at: optionalTime('Since when the one that waits longest is ready; null: none.'),
  regions: z
    .array(
      z.object({
        region_id: answerId('The region.'),
        region_nom: nom('Its name.'),
        ready: answerCount('How many of them are in this region.'),
        oldest_ready_at: answerTime('Since when the one that waits longest is ready.'),
      }),
    )
    .describe('The regions that have ready contacts, most first.'),
});

const leads = z.object({
  days: z
    .array(
      z.object({
        day,
        accepted: answerCount('Contacts whose enquiry is of this day, as searchContacts has them.'),
        merged: answerCount('Leads that joined an open action.'),
        quarantined: answerCount('Leads that still wait in quarantine.'),
      }),
    )
    .describe('The last 30 days, today included, oldest first, none left out.'),
  sources: z
    .array(
      z.object({
        source: nom('Name of the source.'),
        leads: answerCount('Its leads of these 30 days, but those of undone imports.'),
        quarantined: answerCount('How many of them still wait in quarantine.'),
      }),
    )
    .describe('The ten sources with most leads, most first.'),
  programmes: z
    .array(
      z.object({
        programme_id: answerId('The programme.'),
        programme_nom: nom('Its name.'),
        region_nom: nom('Name of its region.'),
        actions: answerCount('Enquiries about it that were made in these 30 days.'),
      }),
    )
    .describe('The ten programmes with most enquiries, most first.'),
});

const quarantine = z.object({
  total: answerCount('Leads that wait in quarantine.'),
  oldest_received_at: optionalTime('When the one that waits longest came; null: none.'),
  reasons: z
    .array(
      z.object({
        code: reasonCode.describe('A reason of the contract that keeps a lead in quarantine.'),
        leads: answerCount('Leads that wait for it; a lead may wait for several.'),
      }),
    )
    .describe('Most first.'),
});

const silentClient = z.object({
  client_id: answerId('The client.'),
  client_nom: nom('Its name.'),
  ready: answerCount('Contacts that its valid keys could pull now.'),
  oldest_ready_at: answerTime('Since when the one that waits longest is ready.'),
  last_pulled_at: optionalTime('When it last pulled; null: never.'),
  last_used_at: optionalTime('When one of its keys was last used, for whatever; null: never.'),
});

const uncertainPull = z.object({
  pull_id: z.uuid().describe('The pull.'),
  client_id: answerId('The client.'),
  client_nom: nom('Its name.'),
  seq: answerId("The number of the pull among the client's."),
  pulled_at: answerTime('When it was pulled.'),
  contacts: answerCount('How many contacts it handed out.'),
});

const watchedKey = z.object({
  key_id: z.string().describe('The API key.'),
  client_id: answerId('The client.'),
  client_nom: nom('Its name.'),
  expires_at: optionalTime('When it expires; null: never.'),
  exposed_at: optionalTime('When it was seen where others may have read it; null: never.'),
});

const silentSource = z.object({
  source: nom('Name of the source.'),
  last_lead_at: answerTime('When its last lead came.'),
  usual_gap_seconds: answerCount('The mean time between its leads before that.'),
});

const sourceProblem = z.object({
  source: nom('Name of the source.'),
  problem: nom('What keeps it from reading its leads.'),
});

export const getToday = operatorOperation({
  name: 'getToday',
  title: 'Today',
  description:
    'What there is to look at in the morning: what is ready, what came in and went out in the last 30 days, and what may be amiss. Days are those of Paris.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({}),
  response: z.object({
    at: answerTime('When these figures were read.'),
    hold: z
      .object({
        since: answerTime('Since when.'),
        reason: z
          .string()
          .describe(
            'Why: `restored` when the data found themselves at another place, `loaded` when a dump was loaded, otherwise what somebody gave as the reason.',
          ),
      })
      .nullable()
      .describe('Pulls wait, as after a restore; null: they are answered.'),
    ready,
    leads,
    pulled: z.object({
      days: z
        .array(
          z.object({
            day,
            contacts: answerCount('Contacts that were handed out.'),
            released: answerCount('How many of them were put back since.'),
          }),
        )
        .describe('The last 30 days, today included, oldest first, none left out.'),
    }),
    quarantine,
    silent_clients: z
      .array(silentClient)
      .describe(
        'Clients that could pull and have not for 24 hours: contacts are ready for a valid key that is older than that.',
      ),
    uncertain_pulls: z.object({
      total: answerCount('Pulls of the last 7 days whose answer may not have arrived.'),
      items: z.array(uncertainPull).describe('The latest 20 of them, newest first.'),
    }),
    keys: z
      .array(watchedKey)
      .describe('Valid keys that expire within 14 days or were exposed, those that end first.'),
    silent_sources: z
      .array(silentSource)
      .describe(
        'Sources that are not paused and have sent nothing for a day and for three times their usual gap.',
      ),
    source_problems: z.array(sourceProblem).describe('Sources that can not read their leads.'),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      at: '2026-11-23T08:00:00.000Z',
      hold: null,
      ready: {
        total: 1,
        oldest_ready_at: '2026-11-23T08:05:00.000Z',
        regions: [
          {
            region_id: 30,
            region_nom: 'Occitanie',
            ready: 1,
            oldest_ready_at: '2026-11-23T08:05:00.000Z',
          },
        ],
      },
      leads: {
        days: [{ day: '2026-11-23', accepted: 12, merged: 2, quarantined: 1 }],
        sources: [{ source: 'site', leads: 15, quarantined: 1 }],
        programmes: [
          {
            programme_id: 145,
            programme_nom: "Les Jardins de l'Aube",
            region_nom: 'Occitanie',
            actions: 7,
          },
        ],
      },
      pulled: { days: [{ day: '2026-11-23', contacts: 20, released: 0 }] },
      quarantine: {
        total: 1,
        oldest_received_at: '2026-11-23T07:30:00.000Z',
        reasons: [{ code: 'unknown_programme', leads: 1 }],
      },
      silent_clients: [
        {
          client_id: 1,
          client_nom: 'Promoteur X',
          ready: 1,
          oldest_ready_at: '2026-11-23T08:05:00.000Z',
          last_pulled_at: '2026-11-20T09:00:00.000Z',
          last_used_at: '2026-11-20T09:00:00.000Z',
        },
      ],
      uncertain_pulls: { total: 0, items: [] },
      keys: [],
      silent_sources: [],
      source_problems: [],
    },
  },
});
