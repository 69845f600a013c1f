import type { Fault } from './fault.ts';

/** Not a byte is left where PostgreSQL keeps its data. */
export const diskFull: Fault = {
  name: 'disk full',
  lasts: [4_000, 6_000],
  async inject({ disk }) {
    if (!disk) throw new Error('there is no small disk');
    await disk.fill();
    return () => disk.free();
  },
};
