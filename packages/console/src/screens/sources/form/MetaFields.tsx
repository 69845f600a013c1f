import { PasswordInput, Textarea } from '@mantine/core';
import { useTexts } from '../useTexts.ts';
import type { SourceForm } from './useSourceForm.ts';

interface MetaFieldsProps {
  readonly form: SourceForm;
  /** Secrets are given when it is created; later they are replaced apart. */
  readonly isNew: boolean;
}

export function MetaFields({ form, isNew }: MetaFieldsProps) {
  const texts = useTexts().meta;
  return (
    <>
      {isNew && (
        <>
          <PasswordInput
            label={texts.appSecret}
            description={texts.secretsAbout}
            autoComplete="off"
            withAsterisk
            {...form.getInputProps('appSecret')}
          />
          <PasswordInput
            label={texts.accessToken}
            autoComplete="off"
            withAsterisk
            {...form.getInputProps('accessToken')}
          />
        </>
      )}
      <Textarea
        label={texts.forms}
        description={texts.formsAbout}
        placeholder="1811616845554330"
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        {...form.getInputProps('forms')}
      />
    </>
  );
}
