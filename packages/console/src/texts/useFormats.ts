import { type Formats, formatsOf } from '../lib/formats.ts';
import { useLanguage } from './language.ts';

const formats = { fr: formatsOf('fr'), en: formatsOf('en') };

/** How numbers and times are written in the language that is chosen. */
export const useFormats = (): Formats => formats[useLanguage()];
