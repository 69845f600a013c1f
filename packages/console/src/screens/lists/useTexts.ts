import { lists as en } from '../../texts/en/lists.ts';
import { lists as fr } from '../../texts/fr/lists.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
