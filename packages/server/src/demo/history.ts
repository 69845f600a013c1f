import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { admit } from '../intake/admit.ts';
import { readFormLead } from '../intake/channels/form.ts';
import { readGoogleLead } from '../intake/channels/google.ts';
import { readJsonLead } from '../intake/channels/json.ts';
import { inTransaction } from '../intake/inTransaction.ts';
import type { LeadDraft } from '../intake/leadDraft.ts';
import { parseKey } from '../keys/key.ts';
import { countReadyBy, dateLead, datePulls, dateSetup } from '../store/demoPast.ts';
import { lockKeyToPull } from '../store/keys.ts';
import { pick, recordPull } from '../store/pulls.ts';
import { parseExactJson } from '../text/exactJson.ts';
import { enquiries, type Twist } from './alive/enquiries.ts';
import { leadRequest } from './alive/request.ts';
import type { DemoClient, DemoClients } from './clients.ts';
import { type Door, GOOGLE, NEWSLETTER, PORTAL, SITE } from './doors.ts';
import { STATUT } from './lists.ts';
import { type Region, regions } from './places.ts';
import { type Random, seeded } from './random.ts';
import { moments } from './timeline.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const DAYS = 30;
/** How many leads came at each door in these days, and for how many hours none has come since. */
const CAME = [
  { nom: SITE, count: 230, silentHours: 0.1 },
  { nom: GOOGLE, count: 150, silentHours: 0.2 },
  { nom: PORTAL, count: 110, silentHours: 0.5 },
  { nom: NEWSLETTER, count: 60, silentHours: 50 },
];
/** Most of what was odd has been dealt with by now. */
const TWISTS: { twist: Twist; weight: number }[] = [
  { twist: 'plain', weight: 78 },
  { twist: 'again', weight: 8 },
  { twist: 'joins', weight: 6 },
  { twist: 'noTelephone', weight: 5 },
  { twist: 'mistyped', weight: 2 },
  { twist: 'misspelt', weight: 1 },
  { twist: 'noConsent', weight: 1 },
  { twist: 'robot', weight: 1 },
];
/** A pull hands out at most this many. */
const LIMIT = 40;
/** Hours of the day, UTC, at which clients pull. */
const PULLS_AT = [7, 14];
const SILENT_DAYS = 3;

interface Happening {
  readonly at: number;
  readonly happen: (trx: Transaction<Crm>, at: Date) => Promise<void>;
}

/**
 * Writes the 30 days before `now`: leads through the routine of every door, pulls through what
 * every pull is made of, then given their times. All of it or nothing.
 */
export async function writeHistory(
  { db }: CrmDatabase,
  doors: ReadonlyMap<string, Door>,
  clients: DemoClients,
  now: Date,
): Promise<void> {
  const random = seeded(30);
  const pulls: string[] = [];
  const happenings = [
    ...leadsOf(doors, clients, now.getTime(), random),
    ...pullsOf(clients, now.getTime(), random, pulls),
  ].sort((a, b) => a.at - b.at);
  await inTransaction(db, async (trx) => {
    pulls.length = 0;
    for (const { at, happen } of happenings) await happen(trx, new Date(at));
    // The last answer but one of them may not have arrived.
    await datePulls(trx, pulls.slice(-2, -1));
    await dateSetup(
      trx,
      {
        clients: [...clients.busy, clients.silent].map(({ id }) => id),
        sources: [...doors.values()].map(({ source }) => source.id),
      },
      new Date(now.getTime() - (DAYS + 1) * DAY),
    );
  });
}

function leadsOf(
  doors: ReadonlyMap<string, Door>,
  { visitor }: DemoClients,
  now: number,
  random: Random,
): Happening[] {
  const next = enquiries(random);
  // Of those regions, nothing is older than the data set has it: its first contact stays the first.
  const pulled = regions.filter(({ id }) => !visitor.regions.includes(id));
  const came = CAME.flatMap(({ nom, count, silentHours }) => {
    const door = doors.get(nom);
    const moment = moments(now - DAYS * DAY, now - silentHours * HOUR);
    return door ? Array.from({ length: count }, () => ({ door, at: moment(random) })) : [];
  });
  // In the order of time, so that who asks again has asked before.
  return came
    .sort((a, b) => a.at - b.at)
    .map(({ door, at }) => {
      const among: readonly Region[] = now - at > 11 * DAY ? pulled : regions;
      const { twist } = random.weighted(TWISTS);
      const enquiry = next(twist, door.format === 'google' ? 'answers' : 'message', among);
      const draft = draftOf(door, leadRequest(door.format, enquiry, door.token).body);
      return {
        at,
        async happen(trx: Transaction<Crm>, when: Date) {
          const dated = { ...draft, createdAt: when.toISOString() };
          const { lead } = await admit(trx, door.source, dated);
          await dateLead(trx, lead, when);
        },
      };
    });
}

/** What a door reads of a body. */
function draftOf({ format, source }: Door, body: string): LeadDraft {
  if (format === 'form') {
    const fields = Array.from(new URLSearchParams(body), ([name, value]) => ({ name, value }));
    return readFormLead(fields, source.honeypot);
  }
  const json = parseExactJson(body) as Record<string, unknown>;
  return format === 'google' ? readGoogleLead(json) : readJsonLead(json);
}

function pullsOf(
  { busy, silent }: DemoClients,
  now: number,
  random: Random,
  pulls: string[],
): Happening[] {
  const today = Math.floor(now / DAY) * DAY;
  const ofClient = (client: DemoClient, until: number) =>
    Array.from({ length: DAYS + 1 }, (_, ago) => today - ago * DAY)
      .flatMap((day) => PULLS_AT.map((hour) => day + hour * HOUR + random.int(0, 2 * HOUR)))
      .filter((at) => at > now - DAYS * DAY && at < until)
      // A few were left out, none of the last day: who has not pulled since would be silent.
      .filter((at) => random.chance(0.75) || at > until - DAY)
      .map((at) => ({
        at,
        async happen(trx: Transaction<Crm>, when: Date) {
          const id = await pullAt(trx, client, when);
          if (id) pulls.push(id);
        },
      }));
  return [
    ...busy.flatMap((client) => ofClient(client, now)),
    ...ofClient(silent, now - SILENT_DAYS * DAY),
  ];
}

/** A pull as operations/client/pullContacts makes it, of what was ready at that time. */
async function pullAt(
  trx: Transaction<Crm>,
  { id: client, key, regions }: DemoClient,
  at: Date,
): Promise<string | undefined> {
  const id_key = parseKey(key)?.id ?? '';
  await lockKeyToPull(trx, id_key);
  const ready = await countReadyBy(trx, regions, STATUT.ready, at);
  const scope = { regions, programmes: undefined };
  const picked = await pick(trx, scope, STATUT.ready, Math.min(ready, LIMIT));
  if (picked.length === 0) return undefined;
  const id = randomUUID();
  const pull = {
    id,
    client,
    key: id_key,
    at,
    request: JSON.stringify({ limit: LIMIT }),
    idempotencyKey: undefined,
    id_statut_ready: STATUT.ready,
    id_statut_pulled: STATUT.pulled,
  };
  await recordPull(trx, pull, picked, { scope, most: 0 });
  return id;
}
