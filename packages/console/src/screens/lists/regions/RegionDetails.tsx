import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { Facts } from '../../../components/Facts.tsx';
import { useSession } from '../../../shell/session.ts';
import { Deletion } from '../Deletion.tsx';
import { usesOf } from '../uses.ts';
import { useTexts } from '../useTexts.ts';
import type { Region } from './region.ts';
import { SaveRegion } from './SaveRegion.tsx';

interface RegionDetailsProps {
  readonly region: Region;
  readonly onGone: () => void;
}

export function RegionDetails({ region, onGone }: RegionDetailsProps) {
  const texts = useTexts();
  const { can } = useSession();
  const [renames, setRenames] = useState(false);
  const remove = useChange('deleteRegion', {
    invalidates: ['listRegions', 'listFilters'],
    done: texts.removed,
    tellsRefusal: false,
    onDone: onGone,
  });
  const { id, nom, programmes, keys } = region;
  return (
    <Stack gap="md">
      {can('admin', 'operateur') && (
        <Group>
          <Button variant="default" onClick={() => setRenames(true)}>
            {texts.rename}
          </Button>
        </Group>
      )}
      <Facts
        facts={[
          [texts.columns.id, id],
          [texts.columns.programmes, programmes],
          [texts.columns.keys, keys],
        ]}
      />
      {can('admin', 'operateur') && (
        <Deletion
          nom={nom}
          {...usesOf([
            [programmes, texts.uses.programmes(programmes)],
            [keys, texts.uses.keys(keys)],
          ])}
          effect={texts.delete.effects.regions}
          change={{ ...remove, mutate: () => remove.mutate({ id }) }}
        />
      )}
      {renames && <SaveRegion region={region} onClose={() => setRenames(false)} />}
    </Stack>
  );
}
