import { intakeReasons } from '@relais/contract';
import { campaignFields, type LeadDraft, personFields } from '../intake/leadDraft.ts';
import type { Reason } from '../intake/reason.ts';

/** A reason with what it means, without what is suggested. */
export const presentReason = ({ code }: Reason) => {
  const { effect, meaning, remedy } = intakeReasons[code];
  return { code, effect, meaning, remedy };
};

/** A reason with what it means and what is suggested. */
export const presentSuggestion = (reason: Reason) => ({
  ...presentReason(reason),
  suggestion: reason.suggestion ?? null,
});

/** A draft with every field of the contract: what is unknown is null. */
export function presentDraft(draft: LeadDraft | null) {
  if (!draft) return null;
  const { externalId, reference, createdAt, hints, answers } = draft;
  return {
    external_id: externalId ?? reference ?? null,
    ...texts(draft, personFields),
    nom_complet: draft.nom_complet ?? null,
    programme: draft.programme ?? null,
    hints: [...(hints ?? [])],
    commentaire: draft.commentaire ?? null,
    answers: [...(answers ?? [])],
    consent: draft.consent ?? null,
    created_at: createdAt ?? null,
    test: draft.test ?? false,
    trapped: draft.trapped ?? false,
    unfetched: draft.unfetched ?? false,
    ...texts(draft, campaignFields),
  };
}

const texts = <Name extends keyof LeadDraft & string>(
  draft: Partial<Record<Name, string>>,
  names: readonly Name[],
) =>
  Object.fromEntries(names.map((name) => [name, draft[name] ?? null])) as Record<
    Name,
    string | null
  >;
