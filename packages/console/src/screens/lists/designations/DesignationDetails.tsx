import { Button, Group, Stack } from '@mantine/core';
import type { DesignationList } from '@relais/contract';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { Facts } from '../../../components/Facts.tsx';
import { useSession } from '../../../shell/session.ts';
import { Deletion } from '../Deletion.tsx';
import { usesOf } from '../uses.ts';
import { useTexts } from '../useTexts.ts';
import type { Designation } from './designation.ts';
import { SaveDesignation } from './SaveDesignation.tsx';

interface DesignationDetailsProps {
  readonly list: DesignationList;
  readonly entry: Designation;
  readonly onGone: () => void;
}

export function DesignationDetails({ list, entry, onGone }: DesignationDetailsProps) {
  const texts = useTexts();
  const { can } = useSession();
  const [renames, setRenames] = useState(false);
  const remove = useChange('deleteDesignation', {
    invalidates: ['listDesignations', 'listFilters'],
    done: texts.removed,
    tellsRefusal: false,
    onDone: onGone,
  });
  const { id, designation, keys, sources } = entry;
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
          ...(list === 'statuts'
            ? ([
                [texts.columns.handedOut, entry.pulled_from ? texts.handedOutExplained : null],
                [texts.columns.keys, keys],
              ] as const)
            : []),
          [texts.columns.sources, sources],
        ]}
      />
      {can('admin', 'operateur') && (
        <Deletion
          nom={designation}
          {...usesOf([
            [keys, texts.uses.keys(keys)],
            [sources, texts.uses.sources(sources)],
          ])}
          effect={texts.delete.effects.designations}
          change={{ ...remove, mutate: () => remove.mutate({ list, id }) }}
        />
      )}
      {renames && <SaveDesignation list={list} entry={entry} onClose={() => setRenames(false)} />}
    </Stack>
  );
}
