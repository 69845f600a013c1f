import { text as english, type Text } from './words/text.en.ts';
import { text as french } from './words/text.fr.ts';

/** The languages of the documentation; the first is for readers who ask for neither. */
export const languages = { en: english, fr: french } as const satisfies Record<string, Text>;

export type Language = keyof typeof languages;

export const languageNames = Object.keys(languages) as Language[];

/** The language that a reader likes best (`Accept-Language`, RFC 9110 section 12.5.4). */
export function preferredLanguage(acceptLanguage = ''): Language {
  const liked = acceptLanguage.split(',').flatMap((range) => {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    const language = languageNames.find((name) => tag === name || tag.startsWith(`${name}-`));
    return language ? [{ language, quality: Number(quality) || 0 }] : [];
  });
  const [best] = liked.sort((a, b) => b.quality - a.quality);
  return best && best.quality > 0 ? best.language : 'en';
}
