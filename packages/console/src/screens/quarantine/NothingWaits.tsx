import { Button } from '@mantine/core';
import IconMoodCheck from '@tabler/icons-react/icons/IconCircleCheck';
import IconSearchOff from '@tabler/icons-react/icons/IconZoomExclamation';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useTexts } from './useTexts.ts';

interface NothingWaitsProps {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

export function NothingWaits({ isFiltered, onClear }: NothingWaitsProps) {
  const { none, notFound } = useTexts();
  if (isFiltered) {
    return (
      <EmptyState
        icon={IconSearchOff}
        title={notFound.title}
        text={notFound.text}
        action={
          <Button variant="default" onClick={onClear}>
            {notFound.clear}
          </Button>
        }
      />
    );
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
