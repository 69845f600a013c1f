import { staff as en } from '../../texts/en/staff.ts';
import { staff as fr } from '../../texts/fr/staff.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
