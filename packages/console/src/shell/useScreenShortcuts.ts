import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useShortcuts } from '../lib/useShortcuts.ts';
import { screens } from '../screens/index.ts';
import { useLanguage } from '../texts/language.ts';
import { openShortcutHelp } from './ShortcutHelp.tsx';
import { useSession } from './session.ts';
import { useShellTexts } from './useShellTexts.ts';
import { visible } from './visible.ts';

/** The shortcuts that hold everywhere: `g` and a letter opens a screen, `?` shows them all. */
export function useScreenShortcuts(): void {
  const texts = useShellTexts().shortcuts;
  const language = useLanguage();
  const session = useSession();
  const navigate = useNavigate();
  const shortcuts = useMemo(
    () => [
      ...visible(screens, session).map(({ letter, title, path }) => ({
        keys: `g ${letter}`,
        text: title[language],
        run: () => void navigate(`/${path}`),
      })),
      { keys: '?', text: texts.help, run: openShortcutHelp },
    ],
    [session, language, navigate, texts.help],
  );
  useShortcuts(shortcuts);
}
