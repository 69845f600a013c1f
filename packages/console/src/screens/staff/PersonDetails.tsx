import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/useChange.ts';
import { Facts } from '../../components/Facts.tsx';
import { When } from '../../components/When.tsx';
import { useSession } from '../../shell/session.ts';
import { useShellTexts } from '../../shell/useShellTexts.ts';
import { DisablePerson } from './DisablePerson.tsx';
import { EditPerson } from './EditPerson.tsx';
import { PersonState } from './PersonState.tsx';
import type { Person } from './person.ts';
import { RenewLink } from './RenewLink.tsx';
import { useTexts } from './useTexts.ts';

/** A person of the agency, and what an admin can do about them. */
export function PersonDetails({ person }: { readonly person: Person }) {
  const texts = useTexts();
  const { roles } = useShellTexts();
  const { staff } = useSession();
  const [asks, setAsks] = useState<'edit' | 'link' | 'disable'>();
  const done = () => setAsks(undefined);
  const enable = useChange('updateStaff', { invalidates: ['listStaff'], done: texts.enabled });
  const { id, state, role, link_expires_at } = person;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Button variant="default" onClick={() => setAsks('edit')}>
          {texts.edit}
        </Button>
        {state === 'disabled' ? (
          <Button
            variant="default"
            loading={enable.isPending}
            onClick={() => enable.mutate({ id, disabled: false })}
          >
            {texts.enable}
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={() => setAsks('link')}>
              {texts.renew}
            </Button>
            {id !== staff.id && (
              <Button variant="light" color="red" onClick={() => setAsks('disable')}>
                {texts.disable}
              </Button>
            )}
          </>
        )}
      </Group>
      <Facts
        facts={[
          [
            texts.columns.state,
            <Stack key="state" gap={2}>
              <PersonState person={person} />
              <Text fz="sm" c="dimmed">
                {texts.explained[state]}
              </Text>
            </Stack>,
          ],
          [
            texts.columns.role,
            <Stack key="role" gap={2}>
              {roles[role]}
              <Text fz="sm" c="dimmed">
                {texts.roles[role]}
              </Text>
            </Stack>,
          ],
          [
            texts.columns.twoFactor,
            <Stack key="two" gap={2}>
              {person.two_factor ? texts.twoFactor.on : texts.twoFactor.off}
              {person.two_factor && state !== 'disabled' && (
                <Text fz="sm" c="dimmed">
                  {texts.twoFactor.lost}
                </Text>
              )}
            </Stack>,
          ],
          [
            texts.link.fact,
            link_expires_at ? (
              <>
                {texts.link.open} <When at={link_expires_at} as="minute" />
              </>
            ) : (
              texts.link.none
            ),
          ],
          [texts.columns.lastSeen, <When key="seen" at={person.last_seen_at} />],
          [texts.columns.created, <When key="created" at={person.created_at} as="minute" />],
        ]}
      />
      {asks === 'edit' && <EditPerson person={person} onClose={done} />}
      {asks === 'link' && <RenewLink person={person} onClose={done} />}
      {asks === 'disable' && <DisablePerson person={person} onClose={done} />}
    </Stack>
  );
}
