import { shell as en } from '../texts/en/shell.ts';
import { shell as fr } from '../texts/fr/shell.ts';
import { textsOf } from '../texts/textsOf.ts';

export const useShellTexts = textsOf({ fr, en });
