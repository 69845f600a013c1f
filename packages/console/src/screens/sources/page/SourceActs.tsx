import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useChange } from '../../../api/useChange.ts';
import { ConfirmAct } from '../../../components/ConfirmAct.tsx';
import { useSession } from '../../../shell/session.ts';
import { EditSource } from '../form/EditSource.tsx';
import { changedBySource, type Source } from '../source.ts';
import { RotateToken } from '../token/RotateToken.tsx';
import { useTexts } from '../useTexts.ts';

/** What can be done with a source. */
export function SourceActs({ source }: { readonly source: Source }) {
  const { acts: texts, pause: words } = useTexts();
  const { can } = useSession();
  const [asks, setAsks] = useState<'pause' | 'rotate' | 'edit'>();
  const done = () => setAsks(undefined);
  const pause = useChange('pauseSource', {
    invalidates: changedBySource,
    done: ({ state }) => (state === 'paused' ? words.done : words.resumed),
    onDone: done,
  });
  if (!can('admin', 'operateur')) return null;
  const { nom, state, channel } = source;
  return (
    <>
      {state === 'open' ? (
        <Button variant="default" onClick={() => setAsks('pause')}>
          {texts.pause}
        </Button>
      ) : (
        <Button onClick={() => pause.mutate({ nom, paused: false })} loading={pause.isPending}>
          {texts.resume}
        </Button>
      )}
      {channel !== 'file' && (
        <Button variant="default" onClick={() => setAsks('rotate')}>
          {texts.rotate}
        </Button>
      )}
      <Button variant="default" component={Link} to={`/import/new?source=${nom}`}>
        {texts.import}
      </Button>
      <Button variant={state === 'open' ? 'filled' : 'default'} onClick={() => setAsks('edit')}>
        {texts.edit}
      </Button>
      <ConfirmAct
        opened={asks === 'pause'}
        onClose={done}
        title={words.title}
        effects={words.effects}
        verb={texts.pause}
        danger={false}
        pending={pause.isPending}
        error={pause.error}
        onConfirm={() => pause.mutate({ nom, paused: true })}
      />
      {asks === 'rotate' && <RotateToken source={source} onClose={done} />}
      {asks === 'edit' && <EditSource source={source} onClose={done} />}
    </>
  );
}
