import { Button } from '@mantine/core';
import IconSearchOff from '@tabler/icons-react/icons/IconZoomExclamation';
import { EmptyState } from './EmptyState.tsx';

interface NothingFoundProps {
  readonly texts: {
    readonly title: string;
    readonly text: string;
    /** The button that shows the whole list again. */
    readonly clear: string;
  };
  readonly onClear: () => void;
}

/** What a list says when its search or filters leave nothing. */
export function NothingFound({ texts, onClear }: NothingFoundProps) {
  return (
    <EmptyState
      icon={IconSearchOff}
      title={texts.title}
      text={texts.text}
      action={
        <Button variant="default" onClick={onClear}>
          {texts.clear}
        </Button>
      }
    />
  );
}
