import { today as en } from '../../texts/en/today.ts';
import { today as fr } from '../../texts/fr/today.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
