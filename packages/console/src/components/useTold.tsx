import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import { useMemo } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { useComponentTexts } from './useComponentTexts.ts';
import { useErrorText } from './useErrorText.ts';

/** Tells in a corner of the page what was done, or why it was not. */
export function useTold() {
  const errorText = useErrorText();
  const { close } = useComponentTexts();
  return useMemo(
    () => ({
      done: (text: string) =>
        notifications.show({
          message: text,
          color: 'accent',
          icon: <IconCheck size={16} />,
          closeButtonProps: { 'aria-label': close },
        }),
      refused(error: ApiError) {
        const { title, detail } = errorText(error);
        notifications.show({
          title,
          message: (
            <>
              {detail}
              {error.status >= 500 && error.requestId && (
                <Text size="xs" c="dimmed" ff="monospace">
                  {error.requestId}
                </Text>
              )}
            </>
          ),
          color: 'red',
          icon: <IconAlertTriangle size={16} />,
          autoClose: 10_000,
          closeButtonProps: { 'aria-label': close },
        });
      },
    }),
    [errorText, close],
  );
}
