import { Button } from '@mantine/core';
import IconAddressBook from '@tabler/icons-react/icons/IconAddressBook';
import { Link } from 'react-router';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { NothingFound } from '../../../components/NothingFound.tsx';
import { useSession } from '../../../shell/session.ts';
import { useTexts } from '../useTexts.ts';

interface NoContactsProps {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

export function NoContacts({ isFiltered, onClear }: NoContactsProps) {
  const { none, notFound } = useTexts().list;
  const { can } = useSession();
  if (isFiltered) {
    return <NothingFound texts={notFound} onClear={onClear} />;
  }
  return (
    <EmptyState
      icon={IconAddressBook}
      title={none.title}
      text={none.text}
      action={
        can('admin', 'operateur') && (
          <Button component={Link} to="/import">
            {none.import}
          </Button>
        )
      }
    />
  );
}
