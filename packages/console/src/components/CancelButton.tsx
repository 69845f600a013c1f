import { Button } from '@mantine/core';
import { useComponentTexts } from './useComponentTexts.ts';

interface CancelButtonProps {
  /** True: what was sent can't be taken back, and its answer is awaited. */
  readonly pending: boolean;
  readonly onCancel: () => void;
}

/** Leaves a form, and keeps the focus while it is on its way: see SubmitButton. */
export function CancelButton({ pending, onCancel }: CancelButtonProps) {
  return (
    <Button
      variant="default"
      aria-disabled={pending}
      data-disabled={pending || undefined}
      onClick={() => pending || onCancel()}
    >
      {useComponentTexts().cancel}
    </Button>
  );
}
