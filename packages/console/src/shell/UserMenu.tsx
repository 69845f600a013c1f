import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop';
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard';
import IconLanguage from '@tabler/icons-react/icons/IconLanguage';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import IconMoon from '@tabler/icons-react/icons/IconMoon';
import IconSelector from '@tabler/icons-react/icons/IconSelector';
import IconSun from '@tabler/icons-react/icons/IconSun';
import IconUserShield from '@tabler/icons-react/icons/IconUserShield';
import { Link } from 'react-router';
import { useLabelled } from '../lib/useLabelled.ts';
import { setLanguage, useLanguage } from '../texts/language.ts';
import classes from './Shell.module.css';
import { openShortcutHelp } from './ShortcutHelp.tsx';
import { useSession } from './session.ts';
import { useShellTexts } from './useShellTexts.ts';
import { useSignOut } from './useSignOut.ts';

const themes = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const;

/** Who is signed in, and what is theirs: profile, theme, language, sign-out. */
export function UserMenu() {
  const texts = useShellTexts();
  const labelled = useLabelled();
  const language = useLanguage();
  const { staff } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <UnstyledButton
          className={classes.link}
          py={6}
          aria-label={labelled(texts.account, staff.nom)}
        >
          <Avatar size={24} radius="xl" name={staff.nom} color="accent" />
          <div className={classes.person}>
            <Text fz="sm" fw={500} truncate>
              {staff.nom}
            </Text>
            <Text fz="xs" c="dimmed" truncate>
              {texts.roles[staff.role]}
            </Text>
          </div>
          <IconSelector size={14} style={{ marginLeft: 'auto' }} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{staff.email}</Menu.Label>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUserShield size={16} />}>
          {texts.profile}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openShortcutHelp}>
          {texts.shortcuts.title}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{texts.theme.name}</Menu.Label>
        {themes.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            leftSection={<Icon size={16} />}
            fw={colorScheme === value ? 600 : undefined}
            onClick={() => setColorScheme(value)}
          >
            {texts.theme[value]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLanguage size={16} />}
          lang={language === 'fr' ? 'en' : 'fr'}
          onClick={() => setLanguage(language === 'fr' ? 'en' : 'fr')}
        >
          {language === 'fr' ? 'English' : 'Français'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {texts.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
