import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { setLanguage, useLanguage } from '../../texts/language.ts';
import { Logo } from '../Brand.tsx';
import { useShellTexts } from '../useShellTexts.ts';
import classes from './AccountFrame.module.css';

interface AccountFrameProps {
  /** Of the browser's tab. */
  readonly title: string;
  readonly heading: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

/** The page of somebody who is not signed in yet: one card. */
export function AccountFrame({ title, heading, about, children }: AccountFrameProps) {
  const texts = useShellTexts();
  const language = useLanguage();
  const other = language === 'fr' ? 'en' : 'fr';
  useEffect(() => {
    document.title = `${title} · Relais`;
  }, [title]);
  return (
    <div className={classes.page}>
      <main className={classes.main}>
        <Stack align="center" gap="sm" mb="lg" ta="center">
          <Logo size={40} />
          <Title order={1} fz="xl">
            {heading}
          </Title>
          {about && (
            <Text c="dimmed" fz="sm" component="div">
              {about}
            </Text>
          )}
        </Stack>
        <Card withBorder radius="lg" padding="lg" shadow="xs">
          {children}
        </Card>
      </main>
      <Group component="footer" justify="center" gap="lg">
        <Button variant="subtle" color="gray" lang={other} onClick={() => setLanguage(other)}>
          {other === 'en' ? 'English' : 'Français'}
        </Button>
        <Anchor href="/docs" c="dimmed" fz="sm">
          {texts.docs}
        </Anchor>
      </Group>
    </div>
  );
}
