import { setTimeout as delay } from 'node:timers/promises';
import type { WireCut } from '../rig/wire.ts';
import type { Fault } from './fault.ts';

const SHARE = 0.3;
const PATIENCE = 15_000;

const cut = (when: WireCut): Fault => ({
  name: `wire to PostgreSQL: cut ${when}`,
  lasts: [1_000, 2_500],
  async inject({ wire }) {
    const before = wire.done[when];
    wire.cut = { when, share: SHARE };
    return async () => {
      // There may have been few commits: at least one is cut.
      for (let waited = 0; wire.done[when] === before && waited < PATIENCE; waited += 50) {
        await delay(50);
      }
      wire.cut = undefined;
    };
  },
});

export const cutBeforeCommit = cut('before commit');
export const cutAfterCommit = cut('after commit');

/** Connections to PostgreSQL are there, and nothing comes of them; then they break. */
export const wireSilent: Fault = {
  name: 'wire to PostgreSQL: silent, then broken',
  lasts: [500, 4_000],
  async inject({ wire }) {
    wire.silent = true;
    return async () => {
      wire.drop();
      wire.silent = false;
    };
  },
};

/** Connections to PostgreSQL are dead and never break, as when a host loses its network. */
export const wireLost: Fault = {
  name: 'wire to PostgreSQL: lost without a word',
  lasts: [500, 4_000],
  async inject({ wire }) {
    wire.lose();
    return async () => {};
  },
};
