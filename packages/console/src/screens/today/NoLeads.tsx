import { Button, Group } from '@mantine/core';
import IconInbox from '@tabler/icons-react/icons/IconInbox';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useSession } from '../../shell/session.ts';
import { useTexts } from './useTexts.ts';

/** A database that nothing has come into: what to do first. */
export function NoLeads() {
  const { none: texts } = useTexts();
  const { can } = useSession();
  return (
    <EmptyState
      icon={IconInbox}
      title={texts.title}
      text={texts.text}
      action={
        can('admin', 'operateur') && (
          <Group gap="xs" justify="center">
            <Button component={Link} to="/sources">
              {texts.source}
            </Button>
            <Button component={Link} to="/import" variant="default">
              {texts.import}
            </Button>
          </Group>
        )
      }
    />
  );
}
