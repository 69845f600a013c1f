import { Badge, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Column } from '../../components/table/column.ts';
import { When } from '../../components/When.tsx';
import { useSession } from '../../shell/session.ts';
import { useShellTexts } from '../../shell/useShellTexts.ts';
import { PersonState } from './PersonState.tsx';
import type { Person } from './person.ts';
import { useTexts } from './useTexts.ts';

export function useColumns(): readonly Column<Person>[] {
  const texts = useTexts();
  const { roles } = useShellTexts();
  const { staff } = useSession();
  return useMemo(() => {
    const { columns: titles } = texts;
    return [
      {
        id: 'nom',
        title: titles.nom,
        main: true,
        cell: ({ id, nom }) => (
          <>
            {nom} {id === staff.id && <Badge color="gray">{texts.you}</Badge>}
          </>
        ),
      },
      { id: 'email', title: titles.email, cell: ({ email }) => email },
      { id: 'role', title: titles.role, cell: ({ role }) => roles[role] },
      { id: 'state', title: titles.state, cell: (row) => <PersonState person={row} /> },
      {
        id: 'two_factor',
        title: titles.twoFactor,
        cell: ({ two_factor }) => (
          <Text span inherit {...(two_factor ? {} : { c: 'dimmed' })}>
            {two_factor ? texts.twoFactor.on : texts.twoFactor.off}
          </Text>
        ),
      },
      {
        id: 'last_seen',
        title: titles.lastSeen,
        cell: ({ last_seen_at }) => <When at={last_seen_at} />,
      },
      {
        id: 'created',
        title: titles.created,
        hidden: true,
        cell: ({ created_at }) => <When at={created_at} as="day" />,
      },
    ];
  }, [texts, roles, staff.id]);
}
