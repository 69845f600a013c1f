import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTexts } from '../useTexts.ts';

export type StatutForm = ReturnType<typeof useStatutForm>;

/** The new statut and why. */
export function useStatutForm() {
  const { missing } = useTexts().statut;
  const [statut, setStatut] = useState<string | null>(null);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { statut: null as string | null, reason: '' },
    validate: {
      statut: (value) => (value === null ? missing : null),
      reason: (value) => (value.trim() === '' ? missing : null),
    },
    onValuesChange: (values) => setStatut(values.statut),
  });
  return {
    /** The id of the one that is chosen. */
    statut,
    statutProps: { key: form.key('statut'), ...form.getInputProps('statut') },
    reasonProps: { key: form.key('reason'), ...form.getInputProps('reason') },
    onSubmit: (submit: (statutId: number, reason: string) => void) =>
      form.onSubmit((values) => submit(Number(values.statut), values.reason.trim())),
    reset() {
      form.reset();
      setStatut(null);
    },
  };
}
