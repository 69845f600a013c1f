import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { MOST_FILE_BYTES } from '@relais/contract';
import IconFileImport from '@tabler/icons-react/icons/IconFileImport';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../api/apiError.ts';
import { uploadFile } from '../../../api/uploadFile.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useComponentTexts } from '../../../components/useComponentTexts.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { useTexts } from '../useTexts.ts';

interface Sending {
  readonly file: string;
  readonly share: number;
}

/** Takes a file and sends it to the server, which keeps it until it is imported. */
export function Upload({ onUploaded }: { readonly onUploaded: (id: string) => void }) {
  const texts = useTexts().fresh;
  const { cancel } = useComponentTexts();
  const formats = useFormats();
  const [sending, setSending] = useState<Sending>();
  const [error, setError] = useState<ApiError>();
  const [tooLarge, setTooLarge] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const most = formats.size(MOST_FILE_BYTES);

  const send = async (file: File) => {
    const controller = new AbortController();
    const { signal } = controller;
    stop.current = controller;
    const progress = (share: number) => setSending({ file: file.name, share });
    setError(undefined);
    setTooLarge(false);
    progress(0);
    try {
      onUploaded((await uploadFile(file, progress, signal)).file_id);
    } catch (caught) {
      if (caught instanceof ApiError) setError(caught);
      else if (!signal.aborted) throw caught;
    } finally {
      setSending(undefined);
    }
  };
  return (
    <Stack gap="sm" maw={720}>
      {sending ? (
        <Stack gap="xs">
          <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {texts.sending(sending.file)}
          </Text>
          <Progress.Root>
            <Progress.Section
              value={100 * sending.share}
              aria-label={texts.sending(sending.file)}
            />
          </Progress.Root>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => stop.current?.abort()}>
              {cancel}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Dropzone
          multiple={false}
          maxSize={MOST_FILE_BYTES}
          onDrop={([file]) => file && void send(file)}
          onReject={() => setTooLarge(true)}
          inputProps={{ 'aria-label': texts.file }}
          role="button"
          aria-label={texts.drop}
          radius="md"
          p="xl"
        >
          <Stack align="center" gap={4} ta="center">
            <IconFileImport size={28} stroke={1.5} aria-hidden />
            <Text fw={500}>{texts.drop}</Text>
            <Text fz="sm" c="dimmed">
              {texts.dropAbout(most)}
            </Text>
          </Stack>
        </Dropzone>
      )}
      {tooLarge && (
        <Text fz="sm" c="var(--mantine-color-error)" role="alert">
          {texts.tooLarge(most)}
        </Text>
      )}
      {error && <ErrorState error={error} />}
    </Stack>
  );
}
