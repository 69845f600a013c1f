import { pulls as en } from '../../texts/en/pulls.ts';
import { pulls as fr } from '../../texts/fr/pulls.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
