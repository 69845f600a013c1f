import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Role } from '@relais/contract';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { useChange } from '../../api/useChange.ts';
import { FormModal } from '../../components/FormModal.tsx';
import { useFieldErrors } from '../../components/useErrorText.ts';
import { IssuedLink } from './IssuedLink.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { useTexts } from './useTexts.ts';

/** Adds a person, and shows the link by which they set a password. */
export function InvitePerson({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts();
  const fieldErrors = useFieldErrors();
  const [nom, setNom] = useState('');
  const needed = (value: string) => (value.trim() ? null : texts.missing);
  const form = useForm<{ nom: string; email: string; role: Role }>({
    mode: 'uncontrolled',
    initialValues: { nom: '', email: '', role: 'operateur' },
    validate: { nom: needed, email: needed },
  });
  const invite = useChange('inviteStaff', { invalidates: ['listStaff'], tellsRefusal: false });
  if (invite.data) return <IssuedLink nom={nom} link={invite.data} onDone={onClose} />;

  const refusedFields = (error: ApiError | null) => {
    if (error?.is('name_taken')) return { email: texts.taken };
    const refused = fieldErrors(error, ['email', 'nom']);
    return refused?.email ? { email: texts.badEmail } : refused;
  };
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.inviteTitle}
      verb={texts.inviteVerb}
      pending={invite.isPending}
      error={refusedFields(invite.error) ? null : invite.error}
      onSubmit={form.onSubmit((values) => {
        setNom(values.nom.trim());
        invite.mutate(values, {
          onError: (error) => form.setErrors(refusedFields(error) ?? {}),
        });
      })}
    >
      <Text fz="sm" c="dimmed">
        {texts.inviteAbout}
      </Text>
      <TextInput
        key={form.key('nom')}
        label={texts.columns.nom}
        maxLength={100}
        autoComplete="off"
        withAsterisk
        data-autofocus
        {...form.getInputProps('nom')}
      />
      <TextInput
        key={form.key('email')}
        label={texts.columns.email}
        type="email"
        maxLength={254}
        autoComplete="off"
        withAsterisk
        {...form.getInputProps('email')}
      />
      <RoleSelect key={form.key('role')} {...form.getInputProps('role')} />
    </FormModal>
  );
}
