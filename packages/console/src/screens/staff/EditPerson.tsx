import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Role } from '@relais/contract';
import { useChange } from '../../api/useChange.ts';
import { FormModal } from '../../components/FormModal.tsx';
import { useFieldErrors } from '../../components/useErrorText.ts';
import type { Person } from './person.ts';
import { RoleSelect } from './RoleSelect.tsx';
import { useTexts } from './useTexts.ts';

interface EditPersonProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Name and role of a person. */
export function EditPerson({ person, onClose }: EditPersonProps) {
  const texts = useTexts();
  const fieldErrors = useFieldErrors();
  const form = useForm<{ nom: string; role: Role }>({
    mode: 'uncontrolled',
    initialValues: { nom: person.nom, role: person.role },
    validate: { nom: (nom) => (nom.trim() ? null : texts.missing) },
  });
  const update = useChange('updateStaff', {
    invalidates: ['listStaff', 'getSession'],
    done: texts.saved,
    tellsRefusal: false,
    onDone: onClose,
  });
  const { error } = update;
  const refused = fieldErrors(error, ['nom']);
  // Only what was changed: a name that is put right must not give a role back that was taken meanwhile.
  const submit = ({ nom, role }: { nom: string; role: Role }) => {
    const before = form.getInitialValues();
    update.mutate(
      { id: person.id, ...(nom !== before.nom && { nom }), ...(role !== before.role && { role }) },
      { onError: (refusal) => form.setErrors(fieldErrors(refusal, ['nom']) ?? {}) },
    );
  };
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.editTitle}
      pending={update.isPending}
      error={refused ? null : error}
      onSubmit={form.onSubmit(submit)}
    >
      <Text fz="sm" c="dimmed">
        {texts.editAbout}
      </Text>
      <TextInput
        key={form.key('nom')}
        label={texts.columns.nom}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('nom')}
      />
      <RoleSelect key={form.key('role')} {...form.getInputProps('role')} />
    </FormModal>
  );
}
