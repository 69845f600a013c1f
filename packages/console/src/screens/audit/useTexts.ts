import { audit as en } from '../../texts/en/audit.ts';
import { audit as fr } from '../../texts/fr/audit.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
