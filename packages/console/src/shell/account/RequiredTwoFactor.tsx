import { useShellTexts } from '../useShellTexts.ts';
import { useSignOut } from '../useSignOut.ts';
import { AccountFrame } from './AccountFrame.tsx';
import { Enrolment } from './Enrolment.tsx';
import { useAccountTexts } from './useAccountTexts.ts';

interface RequiredTwoFactorProps {
  readonly onDone: () => void;
}

/** All there is for who has no second factor where the installation requires one. */
export function RequiredTwoFactor({ onDone }: RequiredTwoFactorProps) {
  const { twoFactor } = useAccountTexts();
  const texts = useShellTexts();
  const signOut = useSignOut();
  return (
    <AccountFrame title={twoFactor.title} heading={twoFactor.title} about={twoFactor.required}>
      <Enrolment onDone={onDone} onCancel={signOut} cancel={texts.signOut} />
    </AccountFrame>
  );
}
