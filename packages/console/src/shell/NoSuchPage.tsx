import { Button } from '@mantine/core';
import IconMapOff from '@tabler/icons-react/icons/IconMapOff';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { Page } from '../components/Page.tsx';
import { useShellTexts } from './useShellTexts.ts';

export function NoSuchPage() {
  const texts = useShellTexts().noSuchPage;
  return (
    <Page title={texts.title}>
      <EmptyState
        icon={IconMapOff}
        title={texts.title}
        text={texts.text}
        action={
          <Button component={Link} to="/" variant="default">
            {texts.home}
          </Button>
        }
      />
    </Page>
  );
}
