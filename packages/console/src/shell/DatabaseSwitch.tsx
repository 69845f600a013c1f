import { Badge, Group, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconDatabase from '@tabler/icons-react/icons/IconDatabase';
import IconSelector from '@tabler/icons-react/icons/IconSelector';
import { useLabelled } from '../lib/useLabelled.ts';
import { showDatabase } from './openDatabase.ts';
import classes from './Shell.module.css';
import { type Session, useSession } from './session.ts';
import { useShellTexts } from './useShellTexts.ts';

/** Which CRM database is shown, when there are several or it is a sandbox. */
export function DatabaseSwitch() {
  const texts = useShellTexts();
  const labelled = useLabelled();
  const { databases, database } = useSession();
  if (databases.length < 2) {
    return database?.environment === 'test' ? <TestBadge /> : null;
  }
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <UnstyledButton
          className={classes.link}
          aria-label={labelled(texts.database, database?.nom ?? '—')}
        >
          <IconDatabase size={17} stroke={1.6} aria-hidden />
          <Text fz="sm" fw={500} truncate>
            {database?.nom ?? '—'}
          </Text>
          {database?.environment === 'test' && <TestBadge />}
          <IconSelector size={14} style={{ marginLeft: 'auto' }} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.database}</Menu.Label>
        {databases.map((own) => (
          <Item key={own.nom} database={own} isCurrent={own.nom === database?.nom} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemProps {
  readonly database: Session['databases'][number];
  readonly isCurrent: boolean;
}

function Item({ database, isCurrent }: ItemProps) {
  return (
    <Menu.Item
      onClick={() => showDatabase(database.nom)}
      leftSection={<IconCheck size={14} opacity={isCurrent ? 1 : 0} aria-hidden />}
      aria-current={isCurrent ? 'true' : undefined}
    >
      <Group gap="xs" wrap="nowrap">
        <Text fz="sm" truncate>
          {database.nom}
        </Text>
        {database.environment === 'test' && <TestBadge />}
      </Group>
    </Menu.Item>
  );
}

function TestBadge() {
  const texts = useShellTexts();
  return (
    <Tooltip label={texts.testExplained}>
      <Badge color="yellow" variant="light" size="sm" radius="sm">
        {texts.test}
      </Badge>
    </Tooltip>
  );
}
