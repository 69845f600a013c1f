import { exampleContact } from '@relais/contract';
import { STATUT } from './lists.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How busy an hour is, in UTC (Paris is an hour or two ahead): lunch and evening are the peaks. */
const HOURS = [
  1, 0.5, 0.3, 0.3, 0.5, 2, 5, 8, 10, 10, 11, 13, 11, 9, 9, 10, 11, 13, 14, 13, 10, 6, 3, 2,
];
/** How busy a day is, from Sunday on. */
const DAYS = [0.55, 1.1, 1.15, 1.05, 1.1, 0.95, 0.7];
/** The agency grows: this long ago there was half as much to do. */
const HALF_LIFE = 90 * DAY;

/** The dates of one enquiry, in milliseconds, and where they have led it. */
export type Course = { idStatut: number; created: number; ready?: number; pulled?: number };

/** What the agency kept to itself: how many, and between how many days ago. */
const KEPT = [
  { idStatut: STATUT.nouveau, count: 230, from: 5, to: 0 },
  { idStatut: STATUT.qualifier, count: 540, from: 30, to: 0 },
  { idStatut: STATUT.rendezVous, count: 400, from: 32, to: 3 },
  { idStatut: STATUT.sansSuite, count: 480, from: 38, to: 8 },
  { idStatut: STATUT.doublon, count: 150, from: 110, to: 0 },
];
const READY = 899;
const PULLED = 1_440;
/** Those that `getPulledContacts` still shows. */
const PULLED_LATELY = 60;

/**
 * The course of the published contact, the oldest ready one of all, and those of the others. An
 * older system handed contacts out until twelve days ago; they have gathered since.
 */
export function timeline(now: number, random: Random): { published: Course; others: Course[] } {
  const published = firstReady(now);
  const others: Course[] = [];
  const ready = moments(published.ready + MINUTE, now);
  for (let made = 0; made < READY; made++) {
    const at = ready(random);
    others.push({ idStatut: STATUT.ready, created: createdBefore(at, random), ready: at });
  }
  const old = moments(now - 120 * DAY, now - 31 * DAY);
  for (let made = 0; made < PULLED; made++) {
    const created = old(random);
    others.push(handedOut(created, created, now - 30 * DAY - HOUR, random));
  }
  const late = moments(now - 32 * DAY, now - 13 * DAY);
  for (let made = 0; made < PULLED_LATELY; made++) {
    const created = late(random);
    const earliest = Math.max(created, now - 30 * DAY + HOUR);
    others.push(handedOut(created, earliest, now - 12 * DAY, random));
  }
  for (const { idStatut, count, from, to } of KEPT) {
    const kept = moments(now - from * DAY, now - to * DAY);
    for (let made = 0; made < count; made++) others.push({ idStatut, created: kept(random) });
  }
  return { published, others };
}

/** In working hours twelve days ago, ready as soon after it was made as the published one. */
function firstReady(now: number): Course & { ready: number } {
  let created = now - 12 * DAY;
  while (new Date(created).getUTCHours() < 7 || new Date(created).getUTCHours() > 17) {
    created += HOUR;
  }
  const wait = Date.parse(exampleContact.ready_at) - Date.parse(exampleContact.action_date);
  return { idStatut: STATUT.ready, created, ready: created + wait };
}

/** Most are ready within minutes; the others waited up to eight days for somebody to call. */
function createdBefore(ready: number, random: Random): number {
  if (random.chance(0.7)) return ready - random.int(MINUTE, 10 * MINUTE);
  return moments(ready - 8 * DAY, ready)(random);
}

function handedOut(created: number, earliest: number, latest: number, random: Random): Course {
  const pulled = moments(earliest, Math.min(latest, earliest + 4 * DAY))(random);
  const ready = Math.min(created + random.int(MINUTE, 10 * MINUTE), pulled);
  return { idStatut: STATUT.pulled, created, ready, pulled };
}

/** Draws moments from `from` up to, but without, `to`: recent days, weekdays and daytime more. */
export function moments(from: number, to: number): (random: Random) => number {
  const hours: { weight: number; start: number; end: number }[] = [];
  for (let end = to; end > from; end -= HOUR) {
    const start = Math.max(end - HOUR, from);
    const date = new Date((start + end) / 2);
    const busy = (HOURS[date.getUTCHours()] ?? 1) * (DAYS[date.getUTCDay()] ?? 1);
    const weight = busy * 0.5 ** ((to - end) / HALF_LIFE) * ((end - start) / HOUR);
    hours.push({ weight, start, end });
  }
  return (random) => {
    const { start, end } = random.weighted(hours);
    return Math.floor(start + random.next() * (end - start));
  };
}
