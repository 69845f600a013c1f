import type { World } from '../rig/world.ts';

/** Something that goes wrong, and is mended. */
export interface Fault {
  readonly name: string;
  /** How long it lasts, milliseconds: the least and the most. */
  readonly lasts: readonly [number, number];
  /** Does it, and gives what mends it. */
  inject(world: World): Promise<() => Promise<void>>;
}
