import { ActionIcon, Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import { useRef, useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Section } from '../../../components/Section.tsx';
import { useNoChoice } from '../../../components/useNoChoice.ts';
import { folded } from '../../../lib/folded.ts';
import { useSession } from '../../../shell/session.ts';
import { changedBySource, type Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';

/** The texts by which leads of a source name a programme. */
export function Mapping({ source: { nom, programmes } }: { readonly source: Source }) {
  const texts = useTexts().mapping;
  const { can } = useSession();
  const mayChange = can('admin', 'operateur');
  const options = useFilterOptions().programmes ?? [];
  const named = programmes.map((own) => ({
    ...own,
    programme_nom: options.find(({ id }) => id === own.programme_id)?.label ?? own.programme_nom,
  }));
  const place = useRef<HTMLDivElement>(null);
  const remove = useChange('mapProgrammes', {
    invalidates: changedBySource,
    done: texts.removed,
    // What was pressed goes with its row.
    onDone: () => place.current?.focus({ preventScroll: true }),
  });
  return (
    <Section title={texts.title} about={texts.about}>
      <div ref={place} tabIndex={-1} style={{ outline: 'none' }}>
        {programmes.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {texts.none}
          </Text>
        ) : (
          <Table fz="sm" verticalSpacing={4} aria-label={texts.title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.text}</Table.Th>
                <Table.Th>{texts.programme}</Table.Th>
                {mayChange && <Table.Th w={40} aria-label="—" />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {named.map(({ text, programme_nom }) => (
                <Table.Tr key={text}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{text}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{programme_nom}</Table.Td>
                  {mayChange && (
                    <Table.Td>
                      <ActionIcon
                        aria-label={texts.remove(text)}
                        aria-disabled={remove.isPending}
                        onClick={() => !remove.isPending && remove.mutate({ nom, remove: [text] })}
                      >
                        <IconX size={16} />
                      </ActionIcon>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </div>
      {mayChange && <AddText nom={nom} mapped={named} />}
    </Section>
  );
}

/** As the server compares texts: by letters and digits alone. */
const comparable = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]+/gu, '');

interface AddTextProps {
  readonly nom: string;
  /** The texts that name a programme already. */
  readonly mapped: Source['programmes'];
}

function AddText({ nom, mapped }: AddTextProps) {
  const { mapping: texts, form } = useTexts();
  const programmes = useFilterOptions().programmes;
  const noChoice = useNoChoice();
  const [text, setText] = useState('');
  const [programme, setProgramme] = useState<string | null>(null);
  const add = useChange('mapProgrammes', {
    invalidates: changedBySource,
    done: texts.saved,
    tellsRefusal: false,
    onDone: () => setText(''),
  });
  const known = mapped.find((one) => one.text === comparable(text));
  const replaced = programme !== null && known?.programme_id !== Number(programme) && known;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (programme === null || !text.trim()) return;
        add.mutate({ nom, add: [{ text, programmeId: Number(programme) }] });
      }}
    >
      <Group gap="xs" mt="sm" align="flex-end">
        <TextInput
          label={texts.text}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          flex="1 1 12rem"
        />
        <Select
          label={texts.programme}
          placeholder={form.choose}
          data={programmes?.map(({ id, label }) => ({ value: String(id), label }))}
          {...noChoice(programmes)}
          value={programme}
          onChange={setProgramme}
          searchable
          flex="1 1 12rem"
        />
        <Button
          type="submit"
          variant="default"
          loading={add.isPending}
          disabled={programme === null || !text.trim()}
        >
          {texts.add}
        </Button>
      </Group>
      {replaced && (
        <Text fz="sm" mt="xs" role="status">
          {texts.replaces(replaced.programme_nom)}
        </Text>
      )}
      {add.error && <ErrorState error={add.error} />}
    </form>
  );
}
