import { imports as en } from '../../texts/en/import.ts';
import { imports as fr } from '../../texts/fr/import.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
