import { contacts as en } from '../../texts/en/contacts.ts';
import { contacts as fr } from '../../texts/fr/contacts.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useTexts = textsOf({ fr, en });
