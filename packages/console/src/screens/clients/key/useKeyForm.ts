import { type UseFormReturnType, useForm } from '@mantine/form';
import type { ApiError } from '../../../api/apiError.ts';
import { useFieldErrors } from '../../../components/useErrorText.ts';
import { isHalfTyped, isTime } from '../../../lib/localTime.ts';
import { useTexts } from '../useTexts.ts';
import type { KeyValues } from './keyForm.ts';

const fields = [
  'regionIds',
  'readyStatutId',
  'pulledStatutId',
  'operations',
  'ipRanges',
  'expiresAt',
] as const;

/** The form of a key's mapping, and the refusals that its fields show. */
export function useKeyForm(initialValues: KeyValues) {
  const texts = useTexts().form;
  const fieldErrors = useFieldErrors();
  const form: UseFormReturnType<KeyValues> = useForm<KeyValues>({
    mode: 'controlled',
    initialValues,
    validate: {
      regionIds: (ids, { regionsOf }) =>
        regionsOf === 'some' && ids.length === 0 ? texts.missing : null,
      readyStatutId: (id) => (id ? null : texts.missing),
      pulledStatutId: (id, { readyStatutId }) => {
        if (!id) return texts.missing;
        return id === readyStatutId ? texts.sameStatut : null;
      },
      operations: (names, { operationsOf }) =>
        operationsOf === 'some' && names.length === 0 ? texts.missing : null,
      expiresAt: (time) =>
        isTime(time) && !isHalfTyped(form.getInputNode('expiresAt')) ? null : texts.badDate,
    },
  });
  return {
    form,
    /** Shows a refusal at its field. */
    refuse(error: ApiError) {
      const errors = fieldErrors(error, fields) ?? {};
      form.setErrors('ipRanges' in errors ? { ipRanges: texts.badRanges } : errors);
    },
    /** A refusal that no field shows. */
    unplaced: (error: ApiError | null) => (fieldErrors(error, fields) ? null : error),
  };
}

export type KeyForm = ReturnType<typeof useKeyForm>['form'];
