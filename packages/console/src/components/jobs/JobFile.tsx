import { Button, type ButtonVariant, Group, Text } from '@mantine/core';
import type { Job } from '@relais/contract';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { fileAddress } from '../../api/fileAddress.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useJobTexts } from './useJobTexts.ts';

interface JobFileProps {
  readonly job: Pick<Job, 'kind' | 'file'>;
  readonly variant?: ButtonVariant;
}

/** What a job has made, to download; nothing where it made none. */
export function JobFile({ job: { kind, file }, variant = 'default' }: JobFileProps) {
  const texts = useJobTexts();
  const formats = useFormats();
  if (!file) return null;
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={fileAddress(file.file_id)}
        download={file.nom}
        variant={variant}
        leftSection={<IconDownload size={16} />}
      >
        {texts.files[kind]}
      </Button>
      <Text fz="xs" c="dimmed">
        {file.nom} · {formats.size(file.bytes)} · {texts.fileUntil(formats.day(file.expires_at))}
      </Text>
    </Group>
  );
}
