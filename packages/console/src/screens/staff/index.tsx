import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import { useMemo, useState } from 'react';
import { wholeList } from '../../api/useList.ts';
import { useOperation } from '../../api/useOperation.ts';
import { Details } from '../../components/Details.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Page } from '../../components/Page.tsx';
import { DataTable } from '../../components/table/DataTable.tsx';
import { byNom } from '../../lib/byNom.ts';
import { useSelected } from '../../lib/useSelected.ts';
import { useCommands } from '../../shell/commands.ts';
import { InvitePerson } from './InvitePerson.tsx';
import { PersonDetails } from './PersonDetails.tsx';
import { useColumns } from './useColumns.tsx';
import { useTexts } from './useTexts.ts';

/** The people of the agency, for admins: invitations, roles, who is let in. */
export function Component() {
  const texts = useTexts();
  const people = useOperation('listStaff', {});
  const { selected, open, close } = useSelected();
  const [invites, setInvites] = useState(false);
  const person = people.data?.items.find(({ id }) => id === selected);
  const { inviteTitle } = texts;
  const mayInvite = people.data !== undefined;
  useCommands(
    useMemo(
      () =>
        mayInvite
          ? [{ id: 'invite', text: inviteTitle, icon: IconPlus, run: () => setInvites(true) }]
          : [],
      [mayInvite, inviteTitle],
    ),
  );
  const invite = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setInvites(true)}>
      {texts.invite}
    </Button>
  );
  return (
    <Page title={texts.title} fill actions={mayInvite && invite}>
      <DataTable
        name="staff"
        label={texts.title}
        columns={useColumns()}
        list={wholeList({ ...people, data: people.data?.items.toSorted(byNom) })}
        rowId={(row) => row.id}
        rowLabel={(row) => row.nom}
        onOpen={(row) => open(row.id)}
        openId={selected}
        empty={<EmptyState icon={IconUsers} {...texts.none} action={invite} />}
      />
      <Details
        opened={selected !== undefined && people.data !== undefined}
        onClose={close}
        title={person?.nom ?? texts.gone}
        about={person?.email}
      >
        {person && <PersonDetails key={person.id} person={person} />}
      </Details>
      {invites && <InvitePerson onClose={() => setInvites(false)} />}
    </Page>
  );
}
