import { quarantine as en } from '../../texts/en/quarantine.ts';
import { quarantine as fr } from '../../texts/fr/quarantine.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
