import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { Facts } from '../../../components/Facts.tsx';
import { useSession } from '../../../shell/session.ts';
import { Deletion } from '../Deletion.tsx';
import { usesOf } from '../uses.ts';
import { useTexts } from '../useTexts.ts';
import { MoveProgramme } from './MoveProgramme.tsx';
import type { Programme } from './programme.ts';
import { SaveProgramme } from './SaveProgramme.tsx';

interface ProgrammeDetailsProps {
  readonly programme: Programme;
  readonly onGone: () => void;
}

export function ProgrammeDetails({ programme, onGone }: ProgrammeDetailsProps) {
  const texts = useTexts();
  const { can } = useSession();
  const [asks, setAsks] = useState<'edit' | 'move'>();
  const done = () => setAsks(undefined);
  const remove = useChange('deleteProgramme', {
    invalidates: ['listProgrammes', 'listRegions', 'listFilters'],
    done: texts.removed,
    tellsRefusal: false,
    onDone: onGone,
  });
  const { id, nom, ville, region_nom, actions, actions_more, sources } = programme;
  const enquiries = texts.uses.demandes(actions, actions_more);
  return (
    <Stack gap="md">
      {can('admin', 'operateur') && (
        <Group gap="xs">
          <Button variant="default" onClick={() => setAsks('edit')}>
            {texts.edit}
          </Button>
          <Button variant="default" onClick={() => setAsks('move')}>
            {texts.move}
          </Button>
        </Group>
      )}
      <Facts
        facts={[
          [texts.columns.id, id],
          [texts.columns.ville, ville],
          [texts.columns.region, region_nom],
          [texts.columns.demandes, enquiries],
          [texts.columns.sources, sources],
        ]}
      />
      {can('admin', 'operateur') && (
        <Deletion
          nom={nom}
          {...usesOf([
            [actions, enquiries],
            [sources, texts.uses.sources(sources)],
          ])}
          effect={texts.delete.effects.programmes}
          change={{ ...remove, mutate: () => remove.mutate({ id }) }}
        />
      )}
      {asks === 'edit' && <SaveProgramme programme={programme} onClose={done} />}
      {asks === 'move' && <MoveProgramme programme={programme} onClose={done} />}
    </Stack>
  );
}
