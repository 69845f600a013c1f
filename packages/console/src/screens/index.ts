import type { Role } from '@relais/contract';
import type { TablerIcon } from '@tabler/icons-react';
import IconAddressBook from '@tabler/icons-react/icons/IconAddressBook';
import IconDoorEnter from '@tabler/icons-react/icons/IconDoorEnter';
import IconFileImport from '@tabler/icons-react/icons/IconFileImport';
import IconHistory from '@tabler/icons-react/icons/IconHistory';
import IconHome from '@tabler/icons-react/icons/IconHome';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import IconKey from '@tabler/icons-react/icons/IconKey';
import IconListDetails from '@tabler/icons-react/icons/IconListDetails';
import IconPackageExport from '@tabler/icons-react/icons/IconPackageExport';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
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
export const screens: readonly Screen[] = [
  {
    path: 'today',
    title: { fr: 'Aujourd’hui', en: 'Today' },
    group: 'work',
    icon: IconHome,
    letter: 'a',
    load: () => import('./today/index.tsx'),
  },
  {
    path: 'contacts',
    title: { fr: 'Contacts', en: 'Contacts' },
    group: 'work',
    icon: IconAddressBook,
    letter: 'c',
    load: () => import('./contacts/index.tsx'),
  },
  {
    path: 'quarantine',
    title: { fr: 'Quarantaine', en: 'Quarantine' },
    group: 'work',
    icon: IconInbox,
    letter: 'q',
    load: () => import('./quarantine/index.tsx'),
  },
  {
    path: 'pulls',
    title: { fr: 'Retraits', en: 'Pulls' },
    group: 'work',
    icon: IconPackageExport,
    letter: 'r',
    load: () => import('./pulls/index.tsx'),
  },
  {
    path: 'import',
    title: { fr: 'Import', en: 'Import' },
    group: 'work',
    icon: IconFileImport,
    letter: 'i',
    load: () => import('./import/index.tsx'),
  },
  {
    path: 'clients',
    title: { fr: 'Clients et clés', en: 'Clients and keys' },
    group: 'setup',
    icon: IconKey,
    letter: 'k',
    load: () => import('./clients/index.tsx'),
  },
  {
    path: 'lists',
    title: { fr: 'Programmes et listes', en: 'Programmes and lists' },
    group: 'setup',
    icon: IconListDetails,
    letter: 'l',
    load: () => import('./lists/index.tsx'),
  },
  {
    path: 'sources',
    title: { fr: 'Sources', en: 'Sources' },
    group: 'setup',
    icon: IconDoorEnter,
    letter: 's',
    load: () => import('./sources/index.tsx'),
  },
  {
    path: 'audit',
    title: { fr: 'Audit', en: 'Audit' },
    group: 'control',
    icon: IconHistory,
    letter: 'u',
    roles: ['admin', 'dpo'],
    load: () => import('./audit/index.tsx'),
  },
  {
    path: 'staff',
    title: { fr: 'Équipe', en: 'Staff' },
    group: 'control',
    icon: IconUsers,
    letter: 'e',
    roles: ['admin'],
    load: () => import('./staff/index.tsx'),
  },
];
