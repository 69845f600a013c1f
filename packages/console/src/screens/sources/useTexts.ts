import { sources as en } from '../../texts/en/sources.ts';
import { sources as fr } from '../../texts/fr/sources.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
