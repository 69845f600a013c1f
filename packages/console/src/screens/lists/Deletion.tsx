import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { ApiError } from '../../api/apiError.ts';
import { ConfirmAct } from '../../components/ConfirmAct.tsx';
import { useTexts } from './useTexts.ts';

interface DeletionProps {
  readonly nom: string;
  /** What is known to refer to it, in words; none when nothing does. */
  readonly uses: readonly string[];
  /** True when these words name one thing. */
  readonly isOne: boolean;
  /** What its disappearance means. */
  readonly effect: string;
  readonly change: {
    readonly isPending: boolean;
    readonly error: ApiError | null;
    mutate(): void;
    reset(): void;
  };
}

/** Deletes a record, or says what it is used by. The server decides: it knows of more uses. */
export function Deletion({ nom, uses, isOne, effect, change }: DeletionProps) {
  const texts = useTexts();
  const [asks, setAsks] = useState(false);
  if (uses.length > 0) {
    return (
      <Text fz="sm" c="dimmed">
        {isOne && uses[0] ? texts.delete.inUseOne(uses[0]) : texts.delete.inUse(uses)}
      </Text>
    );
  }
  const close = () => {
    change.reset();
    setAsks(false);
  };
  return (
    <div>
      <Button variant="light" color="red" onClick={() => setAsks(true)}>
        {texts.remove}
      </Button>
      <ConfirmAct
        opened={asks}
        onClose={close}
        title={texts.delete.title(nom)}
        effects={[effect, texts.delete.final]}
        verb={texts.remove}
        pending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate()}
      />
    </div>
  );
}
