import { components as en } from '../texts/en/components.ts';
import { components as fr } from '../texts/fr/components.ts';
import { textsOf } from '../texts/textsOf.ts';

export const useComponentTexts = textsOf({ fr, en });
