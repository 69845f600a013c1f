import { PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useFieldErrors } from '../../../components/useErrorText.ts';
import { changedBySource } from '../source.ts';
import { useTexts } from '../useTexts.ts';

interface MetaSecretsProps {
  readonly nom: string;
  readonly onClose: () => void;
}

const fields = ['appSecret', 'accessToken'] as const;

/** Replaces the secrets of a Meta source. */
export function MetaSecrets({ nom, onClose }: MetaSecretsProps) {
  const { meta: texts, form: words } = useTexts();
  const fieldErrors = useFieldErrors();
  const missing = (secret: string) => (secret.trim() ? null : words.missing);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { appSecret: '', accessToken: '' },
    validate: { appSecret: missing, accessToken: missing },
  });
  const replace = useChange('setMetaSecrets', {
    invalidates: changedBySource,
    done: texts.secretsSaved,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.secrets}
      pending={replace.isPending}
      error={fieldErrors(replace.error, fields) ? null : replace.error}
      onSubmit={form.onSubmit(({ appSecret, accessToken }) =>
        replace.mutate(
          { nom, appSecret: appSecret.trim(), accessToken: accessToken.trim() },
          { onError: (error) => form.setErrors(fieldErrors(error, fields) ?? {}) },
        ),
      )}
    >
      <Text fz="sm">{texts.secretsAbout}</Text>
      {fields.map((field) => (
        <PasswordInput
          key={form.key(field)}
          label={texts[field]}
          autoComplete="off"
          withAsterisk
          {...form.getInputProps(field)}
        />
      ))}
    </FormModal>
  );
}
