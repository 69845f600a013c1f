import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconDatabaseOff from '@tabler/icons-react/icons/IconDatabaseOff';
import { lazy, Suspense, useEffect } from 'react';
import { Outlet, useLocation } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { Jobs } from '../components/jobs/Jobs.tsx';
import { JobsButton } from '../components/jobs/JobsButton.tsx';
import { listenForShortcuts } from '../lib/useShortcuts.ts';
import { Brand } from './Brand.tsx';
import { Navigation } from './Navigation.tsx';
import { RouteLoading } from './RouteLoading.tsx';
import classes from './Shell.module.css';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { useSession } from './session.ts';
import { useScreenShortcuts } from './useScreenShortcuts.ts';
import { useShellTexts } from './useShellTexts.ts';

const Commands = lazy(() => import('./Commands.tsx'));

/** What is around every screen: navigation, search, shortcuts. */
export function Shell() {
  const texts = useShellTexts();
  const { databases, database } = useSession();
  const { pathname } = useLocation();
  const [opened, navigation] = useDisclosure(false);
  useScreenShortcuts();
  useEffect(listenForShortcuts, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen closes the navigation
  useEffect(navigation.close, [pathname]);

  const missing = databases.length === 0 ? texts.noDatabase : texts.unknownDatabase;
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      transitionDuration={120}
    >
      <a href="#content" className={classes.skip}>
        {texts.skip}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header}>
        <Group h="100%" px="md" justify="space-between">
          <Brand />
          <Group gap="xs">
            <JobsButton />
            <Burger
              opened={opened}
              onClick={navigation.toggle}
              size="sm"
              aria-label={texts.openNavigation}
              aria-expanded={opened}
            />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={texts.navigation}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        {database ? (
          <Suspense fallback={<RouteLoading />}>
            <Outlet />
          </Suspense>
        ) : (
          <EmptyState icon={IconDatabaseOff} title={missing.title} text={missing.text} />
        )}
      </AppShell.Main>
      <Jobs />
      <ShortcutHelp />
      <Suspense fallback={null}>
        <Commands />
      </Suspense>
    </AppShell>
  );
}
