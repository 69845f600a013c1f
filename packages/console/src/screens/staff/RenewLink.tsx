import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/useChange.ts';
import { ConfirmAct } from '../../components/ConfirmAct.tsx';
import { IssuedLink } from './IssuedLink.tsx';
import type { Person } from './person.ts';
import { useTexts } from './useTexts.ts';

interface RenewLinkProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** A new link for a person who has forgotten the password, lost the phone, or come too late. */
export function RenewLink({ person, onClose }: RenewLinkProps) {
  const texts = useTexts();
  const [resets, setResets] = useState(false);
  const renew = useChange('renewInvitation', { invalidates: ['listStaff'], tellsRefusal: false });
  if (renew.data) return <IssuedLink nom={person.nom} link={renew.data} onDone={onClose} />;
  return (
    <ConfirmAct
      opened
      onClose={onClose}
      title={texts.renewTitle(person.nom)}
      effects={texts.renewEffects}
      verb={texts.inviteVerb}
      danger={false}
      pending={renew.isPending}
      error={renew.error}
      onConfirm={() => renew.mutate({ id: person.id, resetTwoFactor: resets })}
    >
      {person.two_factor && (
        <Checkbox
          label={texts.reset}
          description={texts.resetAbout}
          checked={resets}
          onChange={(event) => setResets(event.currentTarget.checked)}
        />
      )}
    </ConfirmAct>
  );
}
