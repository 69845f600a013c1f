import { Kbd, UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import IconBook from '@tabler/icons-react/icons/IconBook';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { NavLink } from 'react-router';
import { JobsButton } from '../components/jobs/JobsButton.tsx';
import { screens } from '../screens/index.ts';
import { useLanguage } from '../texts/language.ts';
import { Brand } from './Brand.tsx';
import { DatabaseSwitch } from './DatabaseSwitch.tsx';
import classes from './Shell.module.css';
import { useSession } from './session.ts';
import { UserMenu } from './UserMenu.tsx';
import { useShellTexts } from './useShellTexts.ts';
import { visible } from './visible.ts';

const groups = ['work', 'setup', 'control'] as const;

export function Navigation() {
  const texts = useShellTexts();
  const language = useLanguage();
  const shown = visible(screens, useSession());
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl';
  return (
    <>
      <div className={classes.top}>
        <div className={classes.brandAtTop}>
          <Brand />
        </div>
        <DatabaseSwitch />
        <UnstyledButton className={`${classes.link} ${classes.search}`} onClick={spotlight.open}>
          <IconSearch size={16} stroke={1.7} />
          {texts.search}
          <Kbd size="xs" aria-hidden>
            {mod} K
          </Kbd>
        </UnstyledButton>
      </div>
      <div className={classes.scroll}>
        {groups
          .map((group) => ({ group, own: shown.filter((screen) => screen.group === group) }))
          .filter(({ own }) => own.length > 0)
          .map(({ group, own }) => (
            <div key={group}>
              <p className={classes.group} id={`group-${group}`}>
                {texts.groups[group]}
              </p>
              <ul className={classes.links} aria-labelledby={`group-${group}`}>
                {own.map(({ path, title, icon: Icon }) => (
                  <li key={path}>
                    <NavLink to={`/${path}`} className={classes.link ?? ''}>
                      <Icon size={17} stroke={1.6} aria-hidden />
                      {title[language]}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </div>
          ))}
      </div>
      <div className={classes.bottom}>
        <JobsButton className={classes.link} />
        <a className={classes.link} href="/docs">
          <IconBook size={17} stroke={1.6} aria-hidden />
          {texts.docs}
        </a>
        <UserMenu />
      </div>
    </>
  );
}
