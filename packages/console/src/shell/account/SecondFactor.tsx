import { Anchor, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/useChange.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useTold } from '../../components/useTold.tsx';
import { AccountFrame } from './AccountFrame.tsx';
import { useAccountTexts } from './useAccountTexts.ts';

/** Fewer recovery codes than this are worth a word. */
const FEW_CODES = 4;

interface SecondFactorProps {
  readonly onDone: () => void;
  /** The password is wanted again. */
  readonly onBack: () => void;
}

/** The code after the password. */
export function SecondFactor({ onDone, onBack }: SecondFactorProps) {
  const texts = useAccountTexts().secondFactor;
  const told = useTold();
  const [code, setCode] = useState('');
  const confirm = useChange('confirmSignIn', {
    tellsRefusal: false,
    onDone: ({ recovery_codes }) => {
      if (code.replace(/\s/g, '').length > 6 && recovery_codes < FEW_CODES) {
        told.done(texts.codesLeft(recovery_codes));
      }
      onDone();
    },
  });
  return (
    <AccountFrame title={texts.title} heading={texts.title} about={texts.text}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate({ code: code.trim() });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={texts.code}
            name="code"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            minLength={6}
            maxLength={40}
            required
            withAsterisk={false}
            autoFocus
          />
          {confirm.error && <ErrorState error={confirm.error} />}
          <SubmitButton pending={confirm.isPending}>{texts.submit}</SubmitButton>
          <Anchor component="button" type="button" fz="sm" onClick={onBack}>
            {texts.back}
          </Anchor>
        </Stack>
      </form>
    </AccountFrame>
  );
}
