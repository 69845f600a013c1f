import { Anchor, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useNavigationType } from 'react-router';
import classes from './Page.module.css';

interface PageProps {
  readonly title: string;
  /** One sentence beneath the title, where a newcomer needs it. */
  readonly about?: ReactNode;
  /** The pages above this one. */
  readonly trail?: readonly { title: string; to: string }[];
  /** Buttons on the right, the main one last. */
  readonly actions?: ReactNode;
  /** True: the page is as high as the window, and its table scrolls. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** The frame of a screen: its name, the way back, its actions, its content. */
export function Page({ title, about, trail = [], actions, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Relais`;
  }, [title]);
  const heading = useFocusOnArrival();
  return (
    <div className={classes.page} data-fill={fill || undefined}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <Group gap="0 6px">
            {trail.map((above) => (
              <Group key={above.to} gap={6} wrap="nowrap">
                <Anchor
                  component={Link}
                  to={above.to}
                  c="dimmed"
                  fz="md"
                  style={{ whiteSpace: 'nowrap' }}
                >
                  {above.title}
                </Anchor>
                <Text c="dimmed" aria-hidden>
                  /
                </Text>
              </Group>
            ))}
            <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
              {title}
            </Title>
          </Group>
          {about && (
            <Text c="dimmed" fz="sm">
              {about}
            </Text>
          )}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  );
}

/**
 * Brings the keyboard to a page that was led to, so that a screen reader tells where it is: what was
 * pressed is gone by then, or in the navigation. A page that is gone back to is left as it is.
 */
function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  const isLedTo = useNavigationType() !== 'POP';
  // biome-ignore lint/correctness/useExhaustiveDependencies: on arrival alone
  useEffect(() => {
    const { activeElement, body } = document;
    const isFree = activeElement === body || activeElement?.closest('nav') != null;
    if (isLedTo && isFree) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
