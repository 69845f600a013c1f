import { momentOf, shownAt } from './paris.ts';

/** A span of days as an address holds it: a word, or `2026-11-01..2026-11-30`, or nothing. */
export const periodWords = ['today', '7d', '30d', 'month'] as const;
export type PeriodWord = (typeof periodWords)[number];

/** Days of Paris, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const DAYS = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/** A day as `2026-11-23`. */
export const dayOf = (at: Date): string => shownAt(at).slice(0, 10);

/** The day so many days later; the same for none. */
function daysAfter(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

const startOf = (day: string): Date => momentOf(`${day}T00:00:00`);

/** The 31st of February would be the 3rd of March. */
const isDay = (text: string): boolean => daysAfter(text, 0) === text;

/** The days of a period; undefined for none, or for one that cannot be read. */
export function daysOf(period: string, now = new Date()): Days | undefined {
  const today = dayOf(now);
  const back = (days: number) => ({ from: daysAfter(today, 1 - days), to: today });
  if (period === 'today') return back(1);
  if (period === '7d') return back(7);
  if (period === '30d') return back(30);
  if (period === 'month') return { from: `${today.slice(0, 8)}01`, to: today };
  const [, from, to] = DAYS.exec(period) ?? [];
  return from && to && isDay(from) && isDay(to) && from <= to ? { from, to } : undefined;
}

export const periodText = ({ from, to }: Days): string => `${from}..${to}`;

/** A period as operations take it: half-open, in UTC; empty for none. */
export function instantsOf(
  period: string,
  now = new Date(),
): { from: string; to: string } | Record<string, never> {
  const days = daysOf(period, now);
  if (!days) return {};
  return {
    from: startOf(days.from).toISOString(),
    to: startOf(daysAfter(days.to, 1)).toISOString(),
  };
}
