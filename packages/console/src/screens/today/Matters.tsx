import { Anchor, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './Today.module.css';

interface MattersProps {
  readonly count: number;
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

/** Matters of one kind; nothing when there are none. */
export function Matters({ count, title, about, children }: MattersProps) {
  if (count === 0) return null;
  return (
    <section>
      <Title order={3}>{title}</Title>
      {about && (
        <Text fz="sm" c="dimmed">
          {about}
        </Text>
      )}
      <ul className={classes.items}>{children}</ul>
    </section>
  );
}

interface MatterProps {
  /** What it is, as a link to where it is put right. */
  readonly name: string;
  readonly to: string;
  readonly children?: ReactNode;
}

export function Matter({ name, to, children }: MatterProps) {
  return (
    <li>
      <Anchor component={Link} to={to} fz="sm" fw={500}>
        {name}
      </Anchor>
      {children && (
        <Text fz="sm" c="dimmed">
          {children}
        </Text>
      )}
    </li>
  );
}
