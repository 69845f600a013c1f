import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '../../../api/useChange.ts';
import { RotateForm } from '../../../components/RotateForm.tsx';
import { useFieldErrors } from '../../../components/useErrorText.ts';
import { instantOf, isHalfTyped, isTime, localOf } from '../../../lib/localTime.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { IssuedKey } from './IssuedKey.tsx';

interface RotateKeyProps {
  readonly apiKey: Key;
  /** The one that it has given way to before: the expiry of `apiKey` is the end of its overlap then. */
  readonly successor: Key | undefined;
  readonly onClose: () => void;
}

/** Gives a key a successor, with an expiry of its own; the old one goes on for a while. */
export function RotateKey({ apiKey, successor, onClose }: RotateKeyProps) {
  const { rotate: texts, form: words } = useTexts();
  const formats = useFormats();
  const fieldErrors = useFieldErrors();
  const { id, client_nom: client, expires_at: ends } = apiKey;
  const usual = successor ? successor.expires_at : ends;
  const form = useForm({
    mode: 'controlled',
    initialValues: { expiresAt: localOf(usual) },
    validate: {
      expiresAt: (time): string | null =>
        isTime(time) && !isHalfTyped(form.getInputNode('expiresAt')) ? null : words.badDate,
    },
  });
  const rotate = useChange('rotateKey', {
    invalidates: ['listKeys', 'listClients'],
    tellsRefusal: false,
  });
  if (rotate.data) {
    return <IssuedKey client={client} secret={rotate.data.key} onDone={onClose} />;
  }
  const submit = (overlapHours: number) => {
    if (form.validate().hasErrors) return;
    const { expiresAt: local } = form.getValues();
    // A field has no seconds: what nobody changed is kept to the millisecond.
    const expiresAt = local === localOf(usual) ? usual : instantOf(local);
    rotate.mutate(
      { id, overlapHours, expiresAt },
      { onError: (error) => form.setErrors(fieldErrors(error, ['expiresAt']) ?? {}) },
    );
  };
  return (
    <RotateForm
      texts={texts}
      effects={[...texts.effects(client), ...(ends ? [texts.ends(formats.minute(ends))] : [])]}
      pending={rotate.isPending}
      error={fieldErrors(rotate.error, ['expiresAt']) ? null : rotate.error}
      onRotate={submit}
      onClose={onClose}
    >
      <TextInput
        type="datetime-local"
        label={texts.expiresAt}
        description={words.expiresAtAbout}
        {...form.getInputProps('expiresAt')}
      />
    </RotateForm>
  );
}
