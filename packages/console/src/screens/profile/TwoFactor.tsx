import { Badge, Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/useChange.ts';
import { ConfirmAct } from '../../components/ConfirmAct.tsx';
import { Section } from '../../components/Section.tsx';
import { useComponentTexts } from '../../components/useComponentTexts.ts';
import { Enrolment } from '../../shell/account/Enrolment.tsx';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { useSession } from '../../shell/session.ts';

/** Turns the second factor on and off. */
export function TwoFactor() {
  const texts = useAccountTexts().twoFactor;
  const { staff } = useSession();
  const { cancel } = useComponentTexts();
  const [ends, setEnds] = useState(false);
  const [begins, setBegins] = useState(false);
  // The keyboard goes on with the button that takes the place of what was gone through.
  const [wasBegun, setWasBegun] = useState(false);
  const leave = () => {
    setBegins(false);
    setWasBegun(true);
  };
  const badge = staff.two_factor ? (
    <Badge color="accent" variant="light">
      {texts.on}
    </Badge>
  ) : (
    <Badge color="yellow" variant="light">
      {texts.off}
    </Badge>
  );
  return (
    <Section title={texts.title} about={texts.about} actions={badge}>
      {begins ? (
        <Enrolment onDone={leave} onCancel={leave} cancel={cancel} />
      ) : staff.two_factor ? (
        <Button variant="default" autoFocus={wasBegun} onClick={() => setEnds(true)}>
          {texts.end}
        </Button>
      ) : (
        <Button autoFocus={wasBegun} onClick={() => setBegins(true)}>
          {texts.begin}
        </Button>
      )}
      {ends && <End onClose={() => setEnds(false)} />}
    </Section>
  );
}

function End({ onClose }: { readonly onClose: () => void }) {
  const texts = useAccountTexts();
  const { two_factor_required: isRequired } = useSession();
  const [password, setPassword] = useState('');
  const end = useChange('endTwoFactor', {
    invalidates: ['getSession'],
    done: texts.twoFactor.ended,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <ConfirmAct
      opened
      onClose={onClose}
      title={texts.twoFactor.endTitle}
      effects={isRequired ? texts.twoFactor.endRequired : texts.twoFactor.endEffects}
      verb={texts.twoFactor.end}
      pending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate({ password })}
    >
      <PasswordInput
        label={texts.password.current}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        required
        withAsterisk={false}
        data-autofocus
      />
    </ConfirmAct>
  );
}
