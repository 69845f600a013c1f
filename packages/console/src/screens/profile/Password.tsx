import { Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '../../api/useChange.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Section } from '../../components/Section.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFieldErrors } from '../../components/useErrorText.ts';
import { passwordFault, refusedPassword } from '../../shell/account/passwordFault.ts';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { useSession } from '../../shell/session.ts';

export function Password() {
  const texts = useAccountTexts().password;
  const fieldErrors = useFieldErrors();
  const { staff } = useSession();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', next: '' },
    validate: {
      current: (current) => (current ? null : texts.missing),
      next: (next) => passwordFault(next, texts),
    },
  });
  const change = useChange('changePassword', {
    invalidates: ['listSessions'],
    done: ({ ended_sessions }) => texts.done(ended_sessions),
    tellsRefusal: false,
    onDone: () => form.reset(),
  });
  const refused = change.error && fieldErrors(change.error, ['current', 'next']);
  return (
    <Section title={texts.title} about={texts.about}>
      <form
        onSubmit={form.onSubmit((values) =>
          change.mutate(values, {
            onError: (error) => {
              const { current, next } = fieldErrors(error, ['current', 'next']) ?? {};
              form.setErrors({
                ...(current && { current: texts.wrong }),
                ...(next && { next: refusedPassword(error.parameter?.rule ?? '', texts) ?? next }),
              });
            },
          }),
        )}
        noValidate
      >
        <Stack gap="sm" maw={380}>
          {/* For password managers: whose password it is. */}
          <input type="hidden" name="email" autoComplete="username" value={staff.email} readOnly />
          <PasswordInput
            label={texts.current}
            autoComplete="current-password"
            key={form.key('current')}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label={texts.next}
            description={texts.rule}
            autoComplete="new-password"
            key={form.key('next')}
            {...form.getInputProps('next')}
          />
          {change.error && !refused && <ErrorState error={change.error} />}
          <Group>
            <SubmitButton variant="default" pending={change.isPending}>
              {texts.submit}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
