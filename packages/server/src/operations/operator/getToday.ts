import { type IntakeReason, intakeReasons } from '@relais/contract';
import { findHold } from '../../store/hold.ts';
import { type Day, lastDays } from '../../store/lastDays.ts';
import { readConsistently } from '../../store/snapshot.ts';
import {
  countQuarantine,
  countReasons,
  silentSources,
  sourceProblems,
  uncertainPulls,
  watchedKeys,
} from '../../store/today/alerts.ts';
import {
  busiestProgrammes,
  countContacts,
  countLeads,
  countPulled,
  type LeadCount,
  type PulledCount,
} from '../../store/today/flow.ts';
import { type ReadyLane, readyLanes, silentClients } from '../../store/today/ready.ts';
import type { OperatorHandler } from '../operatorCall.ts';

const MOST_LISTED = 10;
const MOST_PULLS = 20;
const codes = Object.keys(intakeReasons) as IntakeReason[];
const waitsFor = codes.filter((code) => intakeReasons[code].effect === 'quarantine');

/** One snapshot on one connection: the figures agree with each other, and pulls keep the others. */
export const getToday: OperatorHandler<'getToday'> = ({ database }) =>
  readConsistently(database.db, async (trx) => {
    const lanes = await readyLanes(trx);
    const days = await lastDays(trx);
    const since = days[0]?.begins ?? new Date();
    const leads = await countLeads(trx, days);
    return {
      at: new Date(),
      hold: (await findHold(trx)) ?? null,
      ready: summariseReady(lanes),
      leads: {
        days: leadsByDay(days, await countContacts(trx, days), leads),
        sources: leadsBySource(leads),
        programmes: await busiestProgrammes(trx, since, MOST_LISTED),
      },
      pulled: { days: pulledByDay(days, await countPulled(trx, days)) },
      quarantine: {
        ...(await countQuarantine(trx)),
        reasons: await countReasons(trx, waitsFor),
      },
      silent_clients: await silentClients(trx, lanes),
      uncertain_pulls: await uncertainPulls(trx, MOST_PULLS),
      keys: await watchedKeys(trx),
      silent_sources: await silentSources(trx),
      source_problems: await sourceProblems(trx),
    };
  });

/** Regions, each over all statuts that keys pull from; and all of them together. */
function summariseReady(lanes: readonly ReadyLane[]) {
  const regions = [...Map.groupBy(lanes, (lane) => lane.id_region)].map(([region_id, own]) => ({
    region_id,
    region_nom: own[0]?.region_nom ?? '',
    ready: sum(own.map((lane) => lane.ready)),
    oldest_ready_at: earliest(own),
  }));
  return {
    total: sum(lanes.map((lane) => lane.ready)),
    oldest_ready_at: lanes.length > 0 ? earliest(lanes) : null,
    regions: regions.toSorted((left, right) => right.ready - left.ready),
  };
}

function leadsByDay(
  days: readonly Day[],
  contacts: Awaited<ReturnType<typeof countContacts>>,
  counts: readonly LeadCount[],
) {
  const made = new Map(contacts.map((row) => [row.day, row.contacts]));
  const on = (day: number, outcome: LeadCount['outcome']) =>
    sum(counts.filter((row) => row.day === day && row.outcome === outcome).map((row) => row.leads));
  return days.map(({ day }, index) => ({
    day,
    accepted: made.get(index) ?? 0,
    merged: on(index, 'merged'),
    quarantined: on(index, 'quarantined'),
  }));
}

function leadsBySource(counts: readonly LeadCount[]) {
  const all = [...Map.groupBy(counts, (row) => row.source)].map(([source, own]) => ({
    source,
    leads: sum(own.map((row) => row.leads)),
    quarantined: sum(own.map((row) => (row.outcome === 'quarantined' ? row.leads : 0))),
  }));
  return all.toSorted((left, right) => right.leads - left.leads).slice(0, MOST_LISTED);
}

function pulledByDay(days: readonly Day[], counts: readonly PulledCount[]) {
  const byDay = new Map(counts.map((row) => [row.day, row]));
  return days.map(({ day }, index) => {
    const { contacts = 0, released = 0 } = byDay.get(index) ?? {};
    return { day, contacts, released };
  });
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

const earliest = (lanes: readonly ReadyLane[]): Date =>
  new Date(Math.min(...lanes.map((lane) => lane.oldest_ready_at.getTime())));
