import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import type { Answer } from '../../api/call.ts';
import { useChange } from '../../api/useChange.ts';
import { CopyOnce } from '../../components/CopyOnce.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFieldErrors } from '../../components/useErrorText.ts';
import { useFaultFocus } from '../../components/useFaultFocus.ts';
import { useSession } from '../session.ts';
import { QrCode } from './QrCode.tsx';
import { useAccountTexts } from './useAccountTexts.ts';

interface EnrolmentProps {
  /** The second factor is on, and the recovery codes are kept elsewhere. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** What the button says that cancels. */
  readonly cancel: string;
}

/**
 * Turns the second factor on: the password, then the secret goes into the app and a code comes
 * back, and the recovery codes are shown once.
 */
export function Enrolment({ onDone, onCancel, cancel }: EnrolmentProps) {
  const texts = useAccountTexts().twoFactor;
  const begin = useChange('beginTwoFactor', { tellsRefusal: false });
  const confirm = useChange('confirmTwoFactor', {
    invalidates: ['getSession', 'listSessions'],
    tellsRefusal: false,
  });
  const away = (
    <Button variant="default" onClick={onCancel}>
      {cancel}
    </Button>
  );
  if (confirm.data) {
    return (
      <Stack gap="sm">
        <Text fz="sm">{texts.codesText}</Text>
        <CopyOnce
          label={texts.codes}
          secret={confirm.data.recovery_codes.join('\n')}
          onDone={onDone}
        />
      </Stack>
    );
  }
  return begin.data ? (
    <CodeForm secret={begin.data} change={confirm} away={away} />
  ) : (
    <PasswordForm change={begin} away={away} />
  );
}

interface StepProps<Name extends 'beginTwoFactor' | 'confirmTwoFactor'> {
  readonly change: ReturnType<typeof useChange<Name>>;
  readonly away: ReactNode;
}

/** Whoever sits down at an open console can't take it over by a factor of their own. */
function PasswordForm({ change, away }: StepProps<'beginTwoFactor'>) {
  const texts = useAccountTexts();
  const { staff } = useSession();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (password) => (password ? null : texts.password.missing) },
  });
  const wrong = change.error?.parameter?.name === 'password';
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        change.mutate(values, {
          onError: ({ parameter }) => {
            if (parameter?.name === 'password') form.setErrors({ password: texts.password.wrong });
          },
        }),
      )}
      noValidate
    >
      <Stack gap="sm">
        {/* For password managers: whose password it is. */}
        <input type="hidden" name="email" autoComplete="username" value={staff.email} readOnly />
        <PasswordInput
          label={texts.password.current}
          name="password"
          autoComplete="current-password"
          maw={380}
          autoFocus
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        {change.error && !wrong && <ErrorState error={change.error} />}
        <Group gap="xs">
          <SubmitButton pending={change.isPending}>{texts.twoFactor.next}</SubmitButton>
          {away}
        </Group>
      </Stack>
    </form>
  );
}

function CodeForm({
  secret,
  change,
  away,
}: StepProps<'confirmTwoFactor'> & { readonly secret: Answer<'beginTwoFactor'> }) {
  const texts = useAccountTexts().twoFactor;
  const fieldErrors = useFieldErrors();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: {
      code: (code) => (/^\d{6}$/.test(code.replace(/\s/g, '')) ? null : texts.codeRule),
    },
  });
  const { form: element, sent } = useFaultFocus(change.isPending);
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onError: (error) => form.setErrors(fieldErrors(error, ['code']) ?? {}),
    }),
  );
  return (
    <form
      ref={element}
      onSubmit={(event) => {
        submit(event);
        sent();
      }}
      noValidate
    >
      <Stack gap="sm">
        <Text fz="sm">{texts.scan}</Text>
        <QrCode text={secret.uri} label={texts.qr} />
        <Text fz="sm" c="dimmed">
          {texts.secret}{' '}
          <Text span ff="monospace" c="var(--mantine-color-text)" style={{ userSelect: 'all' }}>
            {secret.secret.match(/.{1,4}/g)?.join(' ')}
          </Text>
        </Text>
        <TextInput
          label={texts.code}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={12}
          maw={260}
          autoFocus
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        {change.error && !fieldErrors(change.error, ['code']) && (
          <ErrorState error={change.error} />
        )}
        <Group gap="xs">
          <SubmitButton pending={change.isPending}>{texts.confirm}</SubmitButton>
          {away}
        </Group>
      </Stack>
    </form>
  );
}
