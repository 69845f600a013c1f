import { isMantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import { remember, remembered } from '../lib/storage.ts';

/** Remembers the theme; public/assets/theme.js reads it too, before the page is painted. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get(otherwise) {
    const chosen = remembered('theme');
    return isMantineColorScheme(chosen) ? chosen : otherwise;
  },
  set: (value) => remember('theme', value),
  subscribe() {},
  unsubscribe() {},
  clear: () => remember('theme', undefined),
};
