import type { Heir } from '../http/draining.ts';

/** What the primary tells a worker, once: to leave. */
export interface Order {
  /** For whom it drains first; null: it closes at once. */
  readonly drain: Heir | null;
}

/** What a worker tells the primary, once: it answers at this URL. */
export interface Answering {
  readonly url: string;
}

// Workers and primary also speak of metrics: each hears only what is meant for it.
export const isOrder = (message: unknown): message is Order =>
  typeof message === 'object' && message !== null && 'drain' in message;

export const isAnswering = (message: unknown): message is Answering =>
  typeof message === 'object' && message !== null && 'url' in message;
