import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import type { ApiError } from '../api/apiError.ts';
import { useErrorText, useErrorTexts } from './useErrorText.ts';

interface ErrorStateProps {
  readonly error: ApiError;
  /** Tries again; no button when left out, or when it would be refused again. */
  readonly onRetry?: () => void;
}

/** Why something cannot be shown or done, with the reference that support needs. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const texts = useErrorTexts();
  const { title, detail } = useErrorText()(error);
  // What is refused for its own sake is refused again.
  const mayPass = error.status === 0 || error.status >= 429;
  const hasReference = error.status >= 500 && error.requestId !== undefined;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      p="sm"
      icon={<IconAlertTriangle />}
      title={title}
    >
      {(detail || hasReference || (onRetry && mayPass)) && (
        <Stack gap="xs" align="flex-start">
          {detail && <Text fz="sm">{detail}</Text>}
          {hasReference && (
            <Text fz="xs">
              {texts.requestId} <Code>{error.requestId}</Code>
            </Text>
          )}
          {onRetry && mayPass && (
            <Button variant="default" onClick={onRetry}>
              {texts.retry}
            </Button>
          )}
        </Stack>
      )}
    </Alert>
  );
}
