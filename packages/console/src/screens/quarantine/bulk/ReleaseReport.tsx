import { Button, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { Answer } from '../../../api/call.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ReasonBadge } from '../../../components/ReasonBadge.tsx';
import { useErrorTexts } from '../../../components/useErrorText.ts';
import { nameOf, type WaitingLead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';

interface ReleaseReportProps {
  readonly rows: readonly WaitingLead[];
  readonly items: Answer<'releaseLeads'>['items'];
  readonly onClose: () => void;
}

/** What became of each lead that was released together with others. */
export function ReleaseReport({ rows, items, onClose }: ReleaseReportProps) {
  const texts = useTexts();
  const { said, other } = useErrorTexts();
  const names = new Map(rows.map(({ id, draft }) => [id, nameOf(draft)]));
  const erased = items.filter(
    (item) =>
      item.outcome === 'quarantined' && item.reasons.some(({ code }) => code === 'person_erased'),
  );
  return (
    <Dialog opened onClose={onClose} title={texts.many.report} size="lg">
      <Stack gap="md">
        <ScrollArea.Autosize mah="60vh" type="auto">
          <Table verticalSpacing={6} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.many.lead}</Table.Th>
                <Table.Th>{texts.many.result}</Table.Th>
                <Table.Th>{texts.many.left}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((item) => (
                <Table.Tr key={item.id}>
                  <Table.Td maw="14rem">
                    <Text inherit lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                      {names.get(item.id) ?? texts.lead.title(item.id)}
                    </Text>
                  </Table.Td>
                  <Table.Td>{texts.outcomes[item.outcome]}</Table.Td>
                  <Table.Td>
                    {item.outcome === 'refused' && (said(item.problem) ?? other)}
                    {'reasons' in item &&
                      item.outcome === 'quarantined' &&
                      item.reasons
                        .filter(({ effect }) => effect === 'quarantine')
                        .map(({ code }) => <ReasonBadge key={code} reason={code} />)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
        {erased.length > 0 && <Text fz="sm">{texts.many.erased(erased.length)}</Text>}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {texts.many.close}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
