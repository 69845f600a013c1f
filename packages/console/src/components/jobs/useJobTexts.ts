import { jobs as en } from '../../texts/en/jobs.ts';
import { jobs as fr } from '../../texts/fr/jobs.ts';
import { textsOf } from '../../texts/textsOf.ts';

export const useJobTexts = textsOf({ fr, en });
