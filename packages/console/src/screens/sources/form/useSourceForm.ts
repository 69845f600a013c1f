import { useForm } from '@mantine/form';
import { plainName } from '@relais/contract';
import type { ApiError } from '../../../api/apiError.ts';
import { useErrorText, useFieldErrors } from '../../../components/useErrorText.ts';
import { useTexts } from '../useTexts.ts';
import type { SourceValues } from './sourceForm.ts';

const fields = [
  ...(['nom', 'origins', 'redirectUrl', 'honeypot', 'rateLimit', 'metaForms'] as const),
  // As createSource has them.
  ...(['meta.forms', 'meta.appSecret', 'meta.accessToken'] as const),
];

/** The form of a source's rules, and the refusals that its fields show. */
export function useSourceForm(initialValues: SourceValues, isNew: boolean) {
  const texts = useTexts().form;
  const fieldErrors = useFieldErrors();
  const textOf = useErrorText();
  const form = useForm<SourceValues>({
    mode: 'controlled',
    initialValues,
    validate: {
      nom: (nom) => (plainName.test(nom.trim()) ? null : texts.badName),
      statutId: (id) => (id ? null : texts.missing),
      honeypot: (name, { channel }) => (channel !== 'form' || name.trim() ? null : texts.missing),
      rateLimit: (rate) => (Number(rate) >= 1 ? null : texts.missing),
      appSecret: (secret, { channel }) =>
        !isNew || channel !== 'meta' || secret.trim() ? null : texts.missing,
      accessToken: (token, { channel }) =>
        !isNew || channel !== 'meta' || token.trim() ? null : texts.missing,
    },
  });
  return {
    form,
    /** Shows a refusal at its field. */
    refuse(error: ApiError) {
      const errors = fieldErrors(error, fields) ?? {};
      if (error.is('name_taken')) form.setFieldError('nom', textOf(error).title);
      else if ('origins' in errors) form.setFieldError('origins', texts.badOrigins);
      else if ('redirectUrl' in errors) form.setFieldError('redirectUrl', texts.badRedirect);
      else if ('metaForms' in errors || 'meta.forms' in errors)
        form.setFieldError('forms', texts.badForms);
      else
        form.setErrors(
          Object.fromEntries(
            Object.entries(errors).map(([name, told]) => [name.replace('meta.', ''), told]),
          ),
        );
    },
    /** A refusal that no field shows. */
    unplaced: (error: ApiError | null) =>
      fieldErrors(error, fields) || error?.is('name_taken') ? null : error,
  };
}

export type SourceForm = ReturnType<typeof useSourceForm>['form'];
