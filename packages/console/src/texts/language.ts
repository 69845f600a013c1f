import { remember, remembered } from '../lib/storage.ts';
import { createStore, useStore } from '../lib/store.ts';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const known = (text: string | undefined): Language | undefined =>
  languages.find((language) => text?.toLowerCase().startsWith(language));

const chosen = createStore<Language>(
  known(remembered('language')) ?? navigator.languages.map(known).find(Boolean) ?? 'fr',
);
document.documentElement.lang = chosen.get();

/** Changes the language of the console, now and for the next time. */
export function setLanguage(language: Language): void {
  remember('language', language);
  document.documentElement.lang = language;
  chosen.set(language);
}

export const useLanguage = (): Language => useStore(chosen);
