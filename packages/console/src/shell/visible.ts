import type { Screen } from '../screens/index.ts';
import type { Session } from './session.ts';

/** The screens that a person may see. */
export const visible = (screens: readonly Screen[], { can }: Session): readonly Screen[] =>
  screens.filter(({ roles }) => !roles || can(...roles));
