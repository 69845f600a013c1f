import { Text, Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useFormats } from '../texts/useFormats.ts';

const MINUTE = 60_000;
const subscribe = (changed: () => void) => {
  const timer = setInterval(changed, MINUTE);
  return () => clearInterval(timer);
};
const minuteNow = () => Math.floor(Date.now() / MINUTE);

const paper = matchMedia('print');
const whenPrinted = (changed: () => void) => {
  paper.addEventListener('change', changed);
  return () => paper.removeEventListener('change', changed);
};
const isPrinted = () => paper.matches;

interface WhenProps {
  /** ISO 8601; null shows a dash. */
  readonly at: string | null;
  /** `minute` shows date and time instead of "5 min ago". */
  readonly as?: 'relative' | 'minute' | 'day';
}

/**
 * A time: how long ago it was, and exactly when on hover, focus and for screen readers. On paper, where
 * "5 min ago" says nothing, date and time.
 */
export function When({ at, as = 'relative' }: WhenProps) {
  const formats = useFormats();
  useSyncExternalStore(subscribe, minuteNow);
  const onPaper = useSyncExternalStore(whenPrinted, isPrinted);
  if (at === null)
    return (
      <Text span c="dimmed" inherit>
        —
      </Text>
    );
  const exact = formats.exact(at);
  return (
    <Tooltip label={exact}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {formats[onPaper && as === 'relative' ? 'minute' : as](at)}
      </time>
    </Tooltip>
  );
}
