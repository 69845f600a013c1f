import { clients as en } from '../../texts/en/clients.ts';
import { clients as fr } from '../../texts/fr/clients.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
