import type { Parameters } from '../../../api/call.ts';
import type { Source } from '../source.ts';

/** The rules of a source as fields of a form; ids as a Select has them. */
export interface SourceValues {
  nom: string;
  channel: Source['channel'];
  statutId: string | null;
  reviewStatutId: string | null;
  programmeId: string | null;
  origineId: string | null;
  typeContactId: string | null;
  typeActionId: string | null;
  consentRequired: boolean;
  origins: string;
  redirectUrl: string;
  honeypot: string;
  rateLimit: number | string;
  forms: string;
  appSecret: string;
  accessToken: string;
}

export const emptyValues: SourceValues = {
  nom: '',
  channel: 'form',
  statutId: null,
  reviewStatutId: null,
  programmeId: null,
  origineId: null,
  typeContactId: null,
  typeActionId: null,
  consentRequired: false,
  origins: '',
  redirectUrl: '',
  honeypot: 'site_web',
  rateLimit: 120,
  forms: '',
  appSecret: '',
  accessToken: '',
};

const idText = (id: number | null): string | null => (id === null ? null : String(id));
export const idOf = (text: string | null): number | null => (text === null ? null : Number(text));
const lines = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

export const valuesOf = (source: Source): SourceValues => ({
  ...emptyValues,
  nom: source.nom,
  channel: source.channel,
  statutId: idText(source.statut_id),
  reviewStatutId:
    source.review_statut_id === source.statut_id ? null : idText(source.review_statut_id),
  programmeId: idText(source.programme_id),
  origineId: idText(source.origine_id),
  typeContactId: idText(source.type_contact_id),
  typeActionId: idText(source.type_action_id),
  consentRequired: source.consent_required,
  origins: source.origins?.join('\n') ?? '',
  redirectUrl: source.redirect_url ?? '',
  honeypot: source.honeypot,
  rateLimit: source.rate_limit,
  forms: source.meta?.forms.map(({ form_id }) => form_id).join('\n') ?? '',
});

/** The rules as createSource and updateSource take them. */
function rulesOf(values: SourceValues) {
  const origins = lines(values.origins);
  return {
    statutId: Number(values.statutId),
    reviewStatutId: Number(values.reviewStatutId ?? values.statutId),
    programmeId: idOf(values.programmeId),
    origineId: idOf(values.origineId),
    typeContactId: idOf(values.typeContactId),
    typeActionId: idOf(values.typeActionId),
    consentRequired: values.consentRequired,
    ...(values.channel !== 'file' && { rateLimit: Number(values.rateLimit) }),
    ...(values.channel === 'form' && {
      origins: origins.length > 0 ? origins : null,
      redirectUrl: values.redirectUrl.trim() || null,
      honeypot: values.honeypot,
    }),
  };
}

export const created = (values: SourceValues): Parameters<'createSource'> => ({
  nom: values.nom.trim(),
  channel: values.channel,
  ...rulesOf(values),
  ...(values.channel === 'meta' && {
    meta: {
      appSecret: values.appSecret.trim(),
      accessToken: values.accessToken.trim(),
      forms: lines(values.forms),
    },
  }),
});

const updated = (values: SourceValues) => ({
  ...rulesOf(values),
  ...(values.channel === 'meta' && { metaForms: lines(values.forms) }),
});

type Rules = Omit<Parameters<'updateSource'>, 'nom' | 'before'>;

/** The rules of a source as they were shown. */
export const rulesShown = (source: Source): Rules => ({
  ...rulesOf(valuesOf(source)),
  ...(source.meta && { metaForms: source.meta.forms.map(({ form_id }) => form_id) }),
});

/** Only what is otherwise than before: what somebody else changed meanwhile stays. */
export function changesOf(values: SourceValues, before: SourceValues): Rules {
  const was: Partial<Record<string, unknown>> = updated(before);
  const changed = Object.entries(updated(values)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]),
  );
  return Object.fromEntries(changed);
}
