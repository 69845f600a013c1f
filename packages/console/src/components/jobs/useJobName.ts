import type { Job } from '@relais/contract';
import { useJobTexts } from './useJobTexts.ts';

/** What a job is called: "Import de salon.csv". */
export function useJobName(): (job: Pick<Job, 'kind' | 'subject'>) => string {
  const { names } = useJobTexts();
  return ({ kind, subject }) => names[kind](subject ?? '—');
}
