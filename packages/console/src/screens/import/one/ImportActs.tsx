import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Answer } from '../../../api/call.ts';
import { useChange } from '../../../api/useChange.ts';
import { ConfirmAct } from '../../../components/ConfirmAct.tsx';
import { useSession } from '../../../shell/session.ts';
import { stateOf } from '../ImportState.tsx';
import { useTexts } from '../useTexts.ts';

/** What can be done with an import: go on with it, take it back, import its file anew. */
export function ImportActs({ found }: { readonly found: Answer<'getImport'> }) {
  const { one: texts, undo: words } = useTexts();
  const { can } = useSession();
  const [undoes, setUndoes] = useState(false);
  const undo = useChange('undoImport', {
    invalidates: ['getImport', 'listImports', 'listJobs'],
    tellsRefusal: false,
    onDone: () => setUndoes(false),
  });
  if (!can('admin', 'operateur')) return null;
  const { import: listed, file_id } = found;
  const state = stateOf(listed);
  const again = new URLSearchParams({ source: listed.source, ...(file_id && { file: file_id }) });
  return (
    <>
      {(state === 'undone' || state === 'stopped') && (
        <Button
          component={Link}
          to={`/import/new?${again}`}
          variant={state === 'stopped' ? 'filled' : 'default'}
        >
          {state === 'stopped' ? texts.stopped.resume : texts.again}
        </Button>
      )}
      {(state === 'done' || state === 'stopped') && (
        <Button variant="light" color="red" onClick={() => setUndoes(true)}>
          {texts.undo}
        </Button>
      )}
      <ConfirmAct
        opened={undoes}
        onClose={() => setUndoes(false)}
        title={words.title}
        effects={words.effects(listed)}
        verb={words.verb}
        typed={words.word}
        pending={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate({ id: listed.id })}
      />
    </>
  );
}
