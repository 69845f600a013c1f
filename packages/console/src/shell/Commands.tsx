import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import IconBook from '@tabler/icons-react/icons/IconBook';
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard';
import IconLanguage from '@tabler/icons-react/icons/IconLanguage';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconMoon from '@tabler/icons-react/icons/IconMoon';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconSun from '@tabler/icons-react/icons/IconSun';
import IconUserShield from '@tabler/icons-react/icons/IconUserShield';
import { useNavigate } from 'react-router';
import { folded } from '../lib/folded.ts';
import { useStore } from '../lib/store.ts';
import { useLabelled } from '../lib/useLabelled.ts';
import { screens } from '../screens/index.ts';
import { setLanguage, useLanguage } from '../texts/language.ts';
import { type Command, commands } from './commands.ts';
import { openShortcutHelp } from './ShortcutHelp.tsx';
import { useSession } from './session.ts';
import { useShellTexts } from './useShellTexts.ts';
import { useSignOut } from './useSignOut.ts';
import { visible } from './visible.ts';

/** Ctrl K: every screen and every action, by typing a part of its name. */
export default function Commands() {
  const texts = useShellTexts();
  const actions = [
    { group: texts.screens, actions: useScreenCommands().map(item) },
    { group: texts.actions, actions: [...useStore(commands), ...useOwnCommands()].map(item) },
  ];
  return (
    <Spotlight
      actions={actions}
      filter={(query, groups) =>
        groups.flatMap((group) => {
          if (!('actions' in group)) return [];
          const found = group.actions.filter(({ label }) =>
            folded(label ?? '').includes(folded(query.trim())),
          );
          return found.length > 0 ? [{ ...group, actions: found }] : [];
        })
      }
      nothingFound={texts.nothingFound}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: texts.searchEverything,
        'aria-label': texts.searchEverything,
      }}
      attributes={{ content: { 'aria-label': texts.searchEverything } }}
      shortcut="mod + K"
      tagsToIgnore={[]}
      centered={false}
      overlayProps={{ backgroundOpacity: 0.4 }}
      scrollable
      maxHeight={420}
    />
  );
}

const item = ({ id, text, icon: Icon, run }: Command): SpotlightActionData => ({
  id,
  label: text,
  leftSection: <Icon size={18} stroke={1.6} />,
  onClick: run,
});

function useScreenCommands(): Command[] {
  const texts = useShellTexts();
  const language = useLanguage();
  const navigate = useNavigate();
  const open = (path: string) => () => void navigate(path);
  const own = visible(screens, useSession()).map(({ path, title, icon }) => ({
    id: `screen-${path}`,
    text: title[language],
    icon,
    run: open(`/${path}`),
  }));
  return [
    ...own,
    { id: 'profile', text: texts.profile, icon: IconUserShield, run: open('/profile') },
    { id: 'docs', text: texts.docs, icon: IconBook, run: () => location.assign('/docs') },
  ];
}

function useOwnCommands(): Command[] {
  const texts = useShellTexts();
  const labelled = useLabelled();
  const language = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const theme = (scheme: 'light' | 'dark', icon: Command['icon']): Command => ({
    id: scheme,
    text: labelled(texts.theme.name, texts.theme[scheme].toLowerCase()),
    icon,
    run: () => setColorScheme(scheme),
  });
  return [
    theme('light', IconSun),
    theme('dark', IconMoon),
    {
      id: 'language',
      text: language === 'fr' ? 'English' : 'Français',
      icon: IconLanguage,
      run: () => setLanguage(language === 'fr' ? 'en' : 'fr'),
    },
    { id: 'shortcuts', text: texts.shortcuts.title, icon: IconKeyboard, run: openShortcutHelp },
    { id: 'sign-out', text: texts.signOut, icon: IconLogout, run: signOut },
  ];
}
