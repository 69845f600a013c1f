import { Alert, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Answer } from '../../api/call.ts';
import { useChange } from '../../api/useChange.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useFieldErrors } from '../../components/useErrorText.ts';
import { given } from '../../lib/given.ts';
import { AccountFrame } from '../../shell/account/AccountFrame.tsx';
import { passwordFault, refusedPassword } from '../../shell/account/passwordFault.ts';
import { SecondFactor } from '../../shell/account/SecondFactor.tsx';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { useShellTexts } from '../../shell/useShellTexts.ts';

interface ChoosePasswordProps {
  readonly token: string;
  readonly invitation: Answer<'readInvitation'>;
}

/** Sets the password and signs in. The first admin gives an address and a name as well. */
export function ChoosePassword({ token, invitation }: ChoosePasswordProps) {
  const texts = useAccountTexts();
  const fieldErrors = useFieldErrors();
  const { roles } = useShellTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [wantsCode, setWantsCode] = useState(false);
  const isFirst = invitation.email === null;
  const needed = (value: string) => (!isFirst || value.trim() ? null : texts.password.missing);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', nom: '', password: '' },
    validate: {
      email: needed,
      nom: needed,
      password: (password) => passwordFault(password, texts.password),
    },
  });
  const enter = () => {
    queries.clear();
    void navigate('/', { replace: true });
  };
  const accept = useChange('acceptInvitation', {
    tellsRefusal: false,
    onDone: ({ second_factor }) => (second_factor ? setWantsCode(true) : enter()),
  });
  const submit = form.onSubmit(({ email, nom, password }) =>
    accept.mutate(
      { token, password, ...given({ email, nom }) },
      {
        onError: (error) => {
          const { password, ...others } = fieldErrors(error, ['email', 'nom', 'password']) ?? {};
          form.setErrors({
            ...others,
            ...(password && {
              password: refusedPassword(error.parameter?.rule ?? '', texts.password) ?? password,
            }),
          });
        },
      },
    ),
  );

  if (wantsCode) {
    const signIn = () => void navigate('/sign-in', { replace: true });
    return <SecondFactor onDone={enter} onBack={signIn} />;
  }
  return (
    <AccountFrame
      title={texts.invitation.title}
      heading={isFirst ? texts.invitation.firstAdmin : texts.invitation.heading}
      about={isFirst ? undefined : texts.invitation.as(roles[invitation.role])}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {invitation.resets_two_factor && (
            <Alert color="yellow">{texts.invitation.resetsTwoFactor}</Alert>
          )}
          <TextInput
            label={texts.signIn.email}
            type="email"
            name="email"
            autoComplete="username"
            key={form.key('email')}
            {...(isFirst
              ? form.getInputProps('email')
              : { value: invitation.email ?? '', readOnly: true })}
          />
          {isFirst && (
            <TextInput
              label={texts.invitation.nom}
              name="nom"
              autoComplete="name"
              key={form.key('nom')}
              {...form.getInputProps('nom')}
            />
          )}
          <PasswordInput
            label={texts.signIn.password}
            description={texts.password.rule}
            name="password"
            autoComplete="new-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          {accept.error && !fieldErrors(accept.error, ['email', 'nom', 'password']) && (
            <ErrorState error={accept.error} />
          )}
          <SubmitButton pending={accept.isPending}>{texts.invitation.submit}</SubmitButton>
        </Stack>
      </form>
    </AccountFrame>
  );
}
