import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useChange } from '../../../api/useChange.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { given } from '../../../lib/given.ts';
import { useUrlState } from '../../../lib/useUrlState.ts';
import { useTexts } from '../useTexts.ts';
import { address } from './address.ts';
import { choicesOf, choiceTexts, withChoice } from './choices.ts';
import { Obstacles } from './Obstacles.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import { Reading } from './Reading.tsx';

interface PreviewProps {
  readonly source: string;
  readonly file: string;
  readonly onOther: () => void;
}

/** How the file is understood, what would become of its rows, and the button that imports it. */
export function Preview({ source, file, onOther }: PreviewProps) {
  const texts = useTexts().fresh;
  const navigate = useNavigate();
  const [{ separator, encoding, sheet, column }, set] = useUrlState(address);
  const choices = choicesOf(column);
  const asked = { source, fileId: file, choices, ...given({ separator, encoding, sheet }) };
  const preview = useOperation('previewImport', asked, { keepsLast: true, fresh: 60_000 });
  const start = useChange('startImport', {
    invalidates: ['listImports', 'getImport', 'listJobs'],
    tellsRefusal: false,
    onDone: ({ import_id }) => void navigate(`/import/${import_id}`, { replace: true }),
  });
  const { data, error } = preview;
  const other = (
    <Button variant="default" onClick={onOther}>
      {texts.other}
    </Button>
  );
  if (!data && error) {
    return (
      <Stack gap="sm" align="flex-start" maw={720}>
        <ErrorState error={error} onRetry={() => void preview.refetch()} />
        {other}
      </Stack>
    );
  }
  if (!data) return <Skeleton height={240} />;
  const resumes = data.earlier?.state === 'running';
  return (
    <Stack gap="md">
      {error && <ErrorState error={error} />}
      <Reading
        preview={data}
        chosen={{ separator, encoding, sheet }}
        onChange={(change) => set(change)}
      />
      <Obstacles preview={data} />
      <PreviewTable
        preview={data}
        stale={preview.isPlaceholderData}
        onUse={(title, use) => set({ column: choiceTexts(withChoice(choices, { title, use })) })}
      />
      {start.error && <ErrorState error={start.error} />}
      <Group gap="xs">
        <Button
          onClick={() => start.mutate(asked)}
          loading={start.isPending}
          disabled={
            data.problem !== null ||
            data.earlier?.state === 'done' ||
            preview.isPlaceholderData ||
            error !== null
          }
        >
          {resumes ? texts.resume : texts.startRows(data.rows)}
        </Button>
        {other}
      </Group>
    </Stack>
  );
}
