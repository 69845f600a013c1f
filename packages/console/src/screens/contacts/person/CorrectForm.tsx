import { SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useTexts } from '../useTexts.ts';
import { isPersonField, type Person, type PersonField, personFields } from './person.ts';
import { useFaults } from './useFaults.ts';

interface CorrectFormProps {
  readonly person: Person['prospect'];
  readonly opened: boolean;
  readonly onClose: () => void;
}

type Values = Record<PersonField | 'reason', string>;

/** How much the operation takes of each. */
const MOST: Readonly<Record<PersonField, number>> = {
  civilite: 100,
  nom: 500,
  prenom: 500,
  telephone: 64,
  email: 254,
  adresse: 1000,
  code_postal: 20,
  ville: 200,
  pays: 100,
};

const valuesOf = (person: Person['prospect']): Values => ({
  ...(Object.fromEntries(
    personFields.map((field) => [field, person[`prospect_${field}`] ?? '']),
  ) as Record<PersonField, string>),
  reason: '',
});

/** What is otherwise than before; null empties a field. */
function changesOf(values: Values, before: Values): Partial<Record<PersonField, string | null>> {
  const changed = personFields.filter((field) => values[field].trim() !== before[field].trim());
  return Object.fromEntries(changed.map((field) => [field, values[field].trim() || null]));
}

/** Fields as the person has them. */
const storedOf = (person: Person['prospect']) =>
  Object.fromEntries(personFields.map((field) => [field, person[`prospect_${field}`]]));

export function CorrectForm({ person, opened, onClose }: CorrectFormProps) {
  const { correct: texts, fields } = useTexts().person;
  // The page asks for the person again now and then: what was typed was typed over this one.
  const [first] = useState(person);
  // Once a refusal has told that somebody else changed the person, the fields say what is there now.
  const [told, setTold] = useState(false);
  const shown = told ? person : first;
  const before = valuesOf(first);
  const now = valuesOf(shown);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: before,
    validate: { reason: (reason) => (reason.trim() === '' ? texts.missing : null) },
  });
  const correct = useChange('correctProspect', {
    invalidates: ['getProspect', 'searchContacts'],
    tellsRefusal: false,
    done: ({ changed }) =>
      changed.length === 0
        ? texts.same
        : texts.done(
            changed
              .map((field) => (isPersonField(field) ? fields[field].toLowerCase() : field))
              .join(', '),
          ),
    onDone: onClose,
  });
  const faultsOf = useFaults();
  const submit = (values: Values) => {
    const changes = changesOf(values, before);
    if (Object.keys(changes).length === 0) {
      form.setErrors({ reason: texts.nothing });
      return;
    }
    correct.mutate(
      {
        prospectId: person.prospect_id,
        ...changes,
        before: storedOf(shown),
        reason: values.reason.trim(),
      },
      {
        onError: (error) => {
          form.setErrors(faultsOf(error) ?? {});
          if (error.is('changed_meanwhile')) setTold(true);
        },
      },
    );
  };
  return (
    <FormModal
      opened={opened}
      onClose={onClose}
      title={texts.title}
      size="lg"
      pending={correct.isPending}
      error={correct.error && faultsOf(correct.error) ? null : correct.error}
      onSubmit={form.onSubmit(submit)}
    >
      <Text fz="sm" c="dimmed">
        {texts.about}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {personFields.map((field) => (
          <TextInput
            key={form.key(field)}
            label={fields[field]}
            maxLength={MOST[field]}
            autoComplete="off"
            {...form.getInputProps(field)}
            error={form.errors[field] ?? (now[field] !== before[field] && texts.now(now[field]))}
          />
        ))}
      </SimpleGrid>
      <Textarea
        key={form.key('reason')}
        label={texts.reason}
        maxLength={500}
        autosize
        minRows={2}
        withAsterisk
        {...form.getInputProps('reason')}
      />
    </FormModal>
  );
}
