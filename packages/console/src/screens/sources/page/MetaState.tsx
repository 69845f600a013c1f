import { Alert, Button, Stack, Table, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { useState } from 'react';
import { Section } from '../../../components/Section.tsx';
import { When } from '../../../components/When.tsx';
import { useSession } from '../../../shell/session.ts';
import type { Source } from '../source.ts';
import { useMetaProblem } from '../useMetaProblem.ts';
import { useTexts } from '../useTexts.ts';
import { MetaSecrets } from './MetaSecrets.tsx';

interface MetaStateProps {
  readonly nom: string;
  readonly meta: NonNullable<Source['meta']>;
}

/** How the forms of a Meta source are read, and what keeps them from being. */
export function MetaState({ nom, meta }: MetaStateProps) {
  const texts = useTexts().meta;
  const { can } = useSession();
  const problemText = useMetaProblem();
  const [replaces, setReplaces] = useState(false);
  const problem = meta.problem ?? meta.forms.find((form) => form.problem !== null)?.problem;
  return (
    <Section
      title={texts.title}
      about={meta.waiting > 0 && texts.waiting(meta.waiting)}
      actions={
        can('admin', 'operateur') && (
          <Button variant="default" onClick={() => setReplaces(true)}>
            {texts.secrets}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {problem && (
          <Alert
            color="red"
            variant="light"
            p="sm"
            icon={<IconAlertTriangle />}
            title={texts.problem}
          >
            <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
              {problemText(problem)}
            </Text>
            {/^(denied|gone)/.test(problem) && <Text fz="sm">{texts.remedy}</Text>}
          </Alert>
        )}
        {meta.forms.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {texts.noForms}
          </Text>
        ) : (
          <Table.ScrollContainer minWidth={480}>
            <Table fz="sm" verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{texts.form}</Table.Th>
                  <Table.Th>{texts.state}</Table.Th>
                  <Table.Th>{texts.read}</Table.Th>
                  <Table.Th>{texts.complete}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {meta.forms.map((form) => (
                  <Table.Tr key={form.form_id}>
                    <Table.Td>{form.form_id}</Table.Td>
                    <Table.Td>
                      {form.problem === null
                        ? form.read_at === null
                          ? texts.unread
                          : texts.fine
                        : problemText(form.problem)}
                    </Table.Td>
                    <Table.Td>
                      <When at={form.read_at} />
                    </Table.Td>
                    <Table.Td>
                      <When at={form.watermark} as="minute" />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
      {replaces && <MetaSecrets nom={nom} onClose={() => setReplaces(false)} />}
    </Section>
  );
}
