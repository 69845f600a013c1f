import { MOST_COUNTED } from '@relais/contract';

/** A number that was counted one beyond what is told. */
export const counted = (count: number): { count: number; more: boolean } => ({
  count: Math.min(count, MOST_COUNTED),
  more: count > MOST_COUNTED,
});
