import { Button } from '@mantine/core';
import IconMoodCheck from '@tabler/icons-react/icons/IconCircleCheck';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { useTexts } from './useTexts.ts';

interface NothingWaitsProps {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

export function NothingWaits({ isFiltered, onClear }: NothingWaitsProps) {
  const { none, notFound } = useTexts();
  if (isFiltered) {
    return <NothingFound texts={notFound} onClear={onClear} />;
  }
  return (
    <EmptyState
      icon={IconMoodCheck}
      title={none.title}
      text={none.text}
      action={
        <Button component={Link} to="/sources" variant="default">
          {none.sources}
        </Button>
      }
    />
  );
}
