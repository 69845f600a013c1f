import { account as en } from '../../texts/en/account.ts';
import { account as fr } from '../../texts/fr/account.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useAccountTexts = textsOf({ fr, en });
