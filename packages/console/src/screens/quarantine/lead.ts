import type { Answer } from '../../api/call.ts';

export type WaitingLead = Answer<'listQuarantine'>['items'][number];
export type Lead = Answer<'getLead'>;
export type Draft = NonNullable<Lead['draft']>;

/** What a lead is called: its name, or else how to reach it; undefined when it says neither. */
export function nameOf(draft: Draft | null): string | undefined {
  if (!draft) return undefined;
  const parts = [draft.prenom, draft.nom].filter(Boolean).join(' ');
  return parts || draft.nom_complet || draft.telephone || draft.email || undefined;
}
