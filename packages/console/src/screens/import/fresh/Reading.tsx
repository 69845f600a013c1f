import { Alert, Group, Select, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Answer } from '../../../api/call.ts';
import { Section } from '../../../components/Section.tsx';
import { useTexts } from '../useTexts.ts';

const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'iso-8859-15', 'macintosh'];

interface Chosen {
  readonly separator: string | undefined;
  readonly encoding: string | undefined;
  readonly sheet: string | undefined;
}

interface ReadingProps {
  readonly preview: Answer<'previewImport'>;
  /** What somebody has said instead of leaving it to be found out. */
  readonly chosen: Chosen;
  readonly onChange: (change: Partial<Chosen>) => void;
}

/** How a file is read: what was found out, and a way to say it otherwise. */
export function Reading({ preview, chosen, onChange }: ReadingProps) {
  const texts = useTexts().fresh;
  const { format, encoding, separator, sheet, other_sheets, has_header } = preview;
  const separators: Readonly<Record<string, string>> = texts.separators;
  const named = (sign: string) => separators[sign] ?? sign;
  const all = (known: readonly string[], value: string | null) =>
    value === null || known.includes(value) ? known : [...known, value];
  return (
    <Section title={preview.nom} about={`${format.toUpperCase()} · ${texts.rows(preview.rows)}`}>
      <Group gap="sm" align="flex-end">
        {format === 'csv' && (
          <>
            <Select
              label={texts.separator}
              data={all(Object.keys(separators), chosen.separator ?? separator).map((sign) => ({
                value: sign,
                label: named(sign),
              }))}
              value={chosen.separator ?? separator}
              onChange={(next) => onChange({ separator: next ?? undefined })}
              allowDeselect={false}
              w={180}
            />
            <Select
              label={texts.encoding}
              data={[...all(ENCODINGS, chosen.encoding ?? encoding)]}
              value={chosen.encoding ?? encoding}
              onChange={(next) => onChange({ encoding: next ?? undefined })}
              allowDeselect={false}
              w={180}
            />
          </>
        )}
        {format === 'xlsx' && (
          <Sheet
            name={chosen.sheet ?? sheet ?? ''}
            onChange={(name) => onChange({ sheet: name })}
          />
        )}
      </Group>
      {other_sheets.length > 0 && (
        <Alert color="yellow" variant="light" p="sm" mt="xs" role="status">
          {texts.otherSheets(other_sheets.join(', '))}
        </Alert>
      )}
      {!has_header && (
        <Text fz="sm" c="dimmed" mt="xs">
          {texts.noHeader}
        </Text>
      )}
    </Section>
  );
}

interface SheetProps {
  readonly name: string;
  readonly onChange: (name: string | undefined) => void;
}

/** The name of a sheet, taken when the field is left: half a name is none. */
function Sheet({ name, onChange }: SheetProps) {
  const texts = useTexts().fresh;
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  const take = () => {
    if (typed.trim() !== name) onChange(typed.trim() || undefined);
  };
  return (
    <TextInput
      label={texts.sheet}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      w={240}
    />
  );
}
