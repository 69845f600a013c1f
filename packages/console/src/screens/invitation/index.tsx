import { Button, Center, Loader } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useOperation } from '../../api/useOperation.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { AccountFrame } from '../../shell/account/AccountFrame.tsx';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { ChoosePassword } from './ChoosePassword.tsx';

/** The page of a link that sets a password: `/invitation#<token>`. */
export function Component() {
  const texts = useAccountTexts().invitation;
  const { hash } = useLocation();
  // The token of the page as it was opened: the one of a link works once.
  const [token] = useState(() => hash.slice(1));
  const { data, error, refetch } = useOperation(
    'readInvitation',
    { token },
    { fresh: Number.POSITIVE_INFINITY },
  );
  if (data) return <ChoosePassword token={token} invitation={data} />;
  if (!error) {
    return (
      <Center mih="100dvh">
        <Loader size="sm" />
      </Center>
    );
  }
  const works = !error.is('record_not_found') && !error.is('invalid_parameter');
  return (
    <AccountFrame
      title={texts.title}
      heading={works ? texts.title : texts.invalid}
      about={works ? undefined : texts.invalidText}
    >
      {works ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Button component={Link} to="/sign-in" variant="default" fullWidth>
          {texts.toSignIn}
        </Button>
      )}
    </AccountFrame>
  );
}
