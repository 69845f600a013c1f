import { Anchor, Badge, Button, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Answer } from '../../../api/call.ts';
import { useJobTexts } from '../../../components/jobs/useJobTexts.ts';
import { useComponentTexts } from '../../../components/useComponentTexts.ts';
import { useErrorTexts } from '../../../components/useErrorText.ts';
import { useNameOf } from '../useNameOf.ts';
import { useTexts } from '../useTexts.ts';
import type { ChangedContact } from './changedContact.ts';

interface ChangeReportProps {
  readonly changes: Answer<'changeStatut'>['changes'];
  readonly contacts: readonly ChangedContact[];
  readonly onClose: () => void;
}

const COLORS = { changed: 'accent', unchanged: 'gray', refused: 'red' } as const;
/** What needs a look comes first. */
const ORDER = ['refused', 'unchanged', 'changed'] as const;

/** What became of each contact of a change. */
export function ChangeReport({ changes, contacts, onClose }: ChangeReportProps) {
  const texts = useTexts().statut;
  const { counts } = useJobTexts();
  const { close } = useComponentTexts();
  const rows = ORDER.flatMap((outcome) => changes.filter((change) => change.outcome === outcome));
  const told = ORDER.toReversed()
    .map((outcome) =>
      counts[outcome](changes.filter((change) => change.outcome === outcome).length),
    )
    .join(' · ');
  return (
    <Stack gap="sm">
      <Text fz="sm" role="status">
        {told}
      </Text>
      <ScrollArea.Autosize mah="50dvh" type="auto">
        <Table layout="fixed" aria-label={texts.report}>
          <Table.Tbody>
            {rows.map((change) => (
              <Row
                key={change.action_id}
                change={change}
                contact={contacts.find(({ action_id }) => action_id === change.action_id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Text fz="sm" c="dimmed">
        {texts.reportHint}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {close}
        </Button>
      </Group>
    </Stack>
  );
}

interface RowProps {
  readonly change: ChangeReportProps['changes'][number];
  readonly contact: ChangedContact | undefined;
}

function Row({ change, contact }: RowProps) {
  const texts = useTexts().statut;
  const nameOf = useNameOf();
  const { said, other } = useErrorTexts();
  const why = change.problem === null ? '' : (said(change.problem) ?? other);
  return (
    <Table.Tr>
      <Table.Td w={96} style={{ verticalAlign: 'top' }}>
        <Badge color={COLORS[change.outcome]}>{texts.outcomes[change.outcome]}</Badge>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {contact && (
          <Anchor component={Link} to={`/contacts/${contact.prospect_id}`} fz="sm" fw={500}>
            {nameOf(contact)}
          </Anchor>
        )}{' '}
        <Text span fz="sm" c="dimmed">
          {contact?.programme_nom}
        </Text>
        <Text fz="sm">{change.outcome === 'unchanged' ? texts.had : why}</Text>
      </Table.Td>
    </Table.Tr>
  );
}
