import { PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useChange } from '../../api/useChange.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { AccountFrame } from '../../shell/account/AccountFrame.tsx';
import { SecondFactor } from '../../shell/account/SecondFactor.tsx';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { pathBack } from '../../shell/signInPath.ts';

/** Address and password, then the code where there is a second factor, then back. */
export function Component() {
  const texts = useAccountTexts().signIn;
  const { missing } = useAccountTexts().password;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const [wantsCode, setWantsCode] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.trim() ? null : missing),
      password: (password) => (password ? null : missing),
    },
  });
  const enter = () => {
    queries.clear();
    void navigate(pathBack(search), { replace: true });
  };
  const signIn = useChange('signIn', {
    tellsRefusal: false,
    repeatable: true,
    onDone: ({ second_factor }) => (second_factor ? setWantsCode(true) : enter()),
  });

  if (wantsCode) return <SecondFactor onDone={enter} onBack={() => setWantsCode(false)} />;
  return (
    <AccountFrame title={texts.title} heading={texts.heading}>
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack gap="md">
          <TextInput
            label={texts.email}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={texts.password}
            name="password"
            autoComplete="current-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          {signIn.error && <ErrorState error={signIn.error} />}
          <SubmitButton pending={signIn.isPending}>{texts.submit}</SubmitButton>
          <Text c="dimmed" fz="xs" ta="center">
            {texts.forgotten}
          </Text>
        </Stack>
      </form>
    </AccountFrame>
  );
}
