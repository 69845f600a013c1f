import { useLanguage } from '../texts/language.ts';

/** Puts a name before a value, each language with its own colon: `Thème : sombre`, `Theme: dark`. */
export function useLabelled(): (name: string, value: string) => string {
  const colon = useLanguage() === 'fr' ? ' : ' : ': ';
  return (name, value) => `${name}${colon}${value}`;
}
