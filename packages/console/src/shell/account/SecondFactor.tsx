import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/useChange.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { useErrorTexts } from '../../components/useErrorText.ts';
import { useFaultFocus } from '../../components/useFaultFocus.ts';
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
  const { said } = useErrorTexts();
  const [code, setCode] = useState('');
  const isLow = (left: number) => code.replace(/\s/g, '').length > 6 && left < FEW_CODES;
  const confirm = useChange('confirmSignIn', {
    tellsRefusal: false,
    repeatable: true,
    onDone: ({ recovery_codes }) => {
      if (!isLow(recovery_codes)) onDone();
    },
  });
  const { form, sent } = useFaultFocus(confirm.isPending);
  const { data, error } = confirm;
  const wrong = error?.is('wrong_credentials') ? said(error.message) : undefined;
  if (data && isLow(data.recovery_codes)) {
    return (
      <AccountFrame
        title={texts.title}
        heading={texts.codesLeft(data.recovery_codes)}
        about={texts.moreCodes}
      >
        <Button fullWidth onClick={onDone} autoFocus>
          {texts.enter}
        </Button>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={texts.title} heading={texts.title} about={texts.text}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate({ code: code.trim() });
          sent();
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
            error={wrong}
          />
          {error && !wrong && <ErrorState error={error} />}
          <SubmitButton pending={confirm.isPending}>{texts.submit}</SubmitButton>
          <Anchor component="button" type="button" fz="sm" onClick={onBack}>
            {texts.back}
          </Anchor>
        </Stack>
      </form>
    </AccountFrame>
  );
}
