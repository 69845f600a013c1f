import type { Role } from '@relais/contract';
import type { TablerIcon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Language } from '../texts/language.ts';

/** A screen of the navigation. */
export interface Screen {
  /** Its folder here, and the first segment of its address. */
  readonly path: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Its place in the navigation; the screens of a group stand in the order of the list below. */
  readonly group: 'work' | 'setup' | 'control';
  readonly icon: TablerIcon;
  /** The letter that opens it, after g. */
  readonly letter: string;
  /** Who sees it; everyone when left out. */
  readonly roles?: readonly Role[];
  /** Its index.tsx, loaded when it is first opened. */
  readonly load: () => Promise<{ Component: ComponentType }>;
}

/** The screens, in the order of the navigation. The first one that a person may see is their home. */
export const screens: readonly Screen[] = [];
