import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiError } from '../api/apiError.ts';
import { FormModal } from './FormModal.tsx';
import { useFieldErrors } from './useErrorText.ts';

interface NameFormProps {
  readonly title: string;
  /** The verb of the button; "Enregistrer" when left out. */
  readonly verb?: string;
  readonly label: string;
  /** What the name means to others. */
  readonly about: string;
  /** The name that it has; empty for a new record. */
  readonly nom: string;
  readonly texts: { readonly missing: string; readonly taken: (by: string) => string };
  readonly change: { readonly isPending: boolean; readonly error: ApiError | null };
  readonly onName: (nom: string) => void;
  readonly onClose: () => void;
}

/** The name that is there already: it may differ from the one asked for in case and accents. */
const EXISTS = /^"(.*)" exists already/s;

/** A dialog for the name of a record, new or not. It is shown while it is there. */
export function NameForm(props: NameFormProps) {
  const { title, verb, label, about, nom, texts, change, onName, onClose } = props;
  const fieldErrors = useFieldErrors();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { nom },
    validate: { nom: (given) => (given.trim() ? null : texts.missing) },
  });
  const { error, isPending } = change;
  const refused = fieldErrors(error, ['nom', 'designation']);
  const taken = EXISTS.exec(error?.is('name_taken') ? error.message : '')?.[1];
  const fault = taken === undefined ? (refused?.nom ?? refused?.designation) : texts.taken(taken);
  return (
    <FormModal
      opened
      onClose={onClose}
      title={title}
      {...(verb === undefined ? {} : { verb })}
      pending={isPending}
      error={fault === undefined ? error : null}
      onSubmit={form.onSubmit((values) => onName(values.nom))}
    >
      <TextInput
        key={form.key('nom')}
        label={label}
        description={about}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('nom')}
        error={form.errors.nom ?? fault}
      />
    </FormModal>
  );
}
