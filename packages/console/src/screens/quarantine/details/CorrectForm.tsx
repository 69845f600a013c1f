import { Button, Checkbox, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ApiError } from '../../../api/apiError.ts';
import type { Parameters } from '../../../api/call.ts';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { SubmitButton } from '../../../components/SubmitButton.tsx';
import { useNoChoice } from '../../../components/useNoChoice.ts';
import type { Lead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';

export type Corrections = Omit<Parameters<'releaseLead'>, 'id'>;

interface CorrectFormProps {
  readonly lead: Lead;
  readonly pending: boolean;
  readonly error: ApiError | null;
  readonly onSend: (corrections: Corrections) => void;
  readonly onDiscard: () => void;
}

const texts = ['nom', 'prenom', 'telephone', 'email'] as const;

/** What can be put right before a lead is let in; only what was changed is sent. */
export function CorrectForm({ lead, pending, error, onSend, onDiscard }: CorrectFormProps) {
  const { form: labels, lead: words } = useTexts();
  const { draft } = lead;
  const has = (...codes: string[]) => lead.reasons.some(({ code }) => codes.includes(code));
  const before = Object.fromEntries(texts.map((name) => [name, draft?.[name] ?? '']));
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      ...(before as Record<(typeof texts)[number], string>),
      programmeId: null as string | null,
      consent: draft?.consent === true,
      cameBack: false,
    },
  });
  const programmes = useFilterOptions().programmes;
  const noChoice = useNoChoice();
  const asked = draft?.programme ?? draft?.hints[0];
  const first = has('unknown_programme')
    ? 'programmeId'
    : has('no_contact_details', 'telephone_unreadable')
      ? 'telephone'
      : has('no_consent')
        ? 'consent'
        : has('person_erased')
          ? 'cameBack'
          : undefined;
  const focused = (name: string) => (name === first ? { 'data-autofocus': true } : {});
  const send = form.onSubmit(({ programmeId, consent, cameBack, ...typed }) => {
    const changed = texts.filter((name) => typed[name].trim() && typed[name] !== before[name]);
    onSend({
      ...Object.fromEntries(changed.map((name) => [name, typed[name]])),
      ...(programmeId !== null && { programmeId: Number(programmeId) }),
      ...(consent !== (draft?.consent === true) && { consent }),
      ...(cameBack && { cameBack }),
    });
  });
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        {has('unknown_programme') && (
          <Select
            key={form.key('programmeId')}
            label={labels.programme}
            {...(asked && { description: labels.programmeAsked(asked) })}
            styles={{ description: { overflowWrap: 'anywhere' } }}
            placeholder={labels.choose}
            data={programmes?.map(({ id, label }) => ({ value: String(id), label }))}
            {...noChoice(programmes)}
            searchable
            clearable
            openOnFocus={false}
            {...focused('programmeId')}
            {...form.getInputProps('programmeId')}
          />
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {texts.map((name) => (
            <TextInput
              key={form.key(name)}
              label={labels[name]}
              maxLength={name === 'email' ? 300 : 200}
              autoComplete="off"
              {...focused(name)}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        <Checkbox
          key={form.key('consent')}
          label={labels.consent}
          {...focused('consent')}
          {...form.getInputProps('consent', { type: 'checkbox' })}
        />
        {has('person_erased') && (
          <Checkbox
            key={form.key('cameBack')}
            label={labels.cameBack}
            {...focused('cameBack')}
            {...form.getInputProps('cameBack', { type: 'checkbox' })}
          />
        )}
        {error && <ErrorState error={error} />}
        <Group justify="space-between" gap="xs">
          <Button variant="light" color="red" onClick={onDiscard}>
            {words.discard}
          </Button>
          <SubmitButton pending={pending}>{words.release}</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
