import { List, Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/call.ts';
import { useChange } from '../../../api/useChange.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { FormModal } from '../../../components/FormModal.tsx';
import { useTexts } from '../useTexts.ts';
import type { Programme } from './programme.ts';
import { useRegionOptions } from './useRegionOptions.ts';

interface MoveProgrammeProps {
  readonly programme: Programme;
  readonly onClose: () => void;
}

/** Moves a programme to another region, once it has said who sees it before and after. */
export function MoveProgramme({ programme, onClose }: MoveProgrammeProps) {
  const texts = useTexts();
  const [region, setRegion] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const regions = useRegionOptions()?.filter(({ value }) => value !== String(programme.region_id));
  const target = { id: programme.id, regionId: Number(region) };
  const weighed = useOperation(
    'moveProgramme',
    { ...target, preview: true },
    { enabled: region !== null, fresh: 0 },
  );
  const move = useChange('moveProgramme', {
    invalidates: ['listProgrammes', 'listRegions', 'listClients', 'searchContacts', 'getToday'],
    done: texts.moving.done,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.moving.title(programme.nom)}
      verb={texts.moving.verb}
      pending={move.isPending}
      error={move.error}
      onSubmit={(event) => {
        event.preventDefault();
        if (region === null) setMissing(true);
        // Nobody moves what they have not seen the effects of.
        else if (weighed.data) move.mutate(target);
      }}
    >
      <Select
        label={texts.moving.to}
        placeholder={texts.choose}
        data={regions}
        value={region}
        onChange={setRegion}
        error={isMissing && region === null ? texts.missing : undefined}
        searchable
        data-autofocus
      />
      {region !== null && (
        <div aria-live="polite">
          {weighed.data ? (
            <Effects weighed={weighed.data} />
          ) : weighed.error ? (
            <ErrorState error={weighed.error} onRetry={() => void weighed.refetch()} />
          ) : (
            <Text fz="sm" c="dimmed">
              {texts.moving.weighing}
            </Text>
          )}
        </div>
      )}
    </FormModal>
  );
}

function Effects({ weighed }: { readonly weighed: Answer<'moveProgramme'> }) {
  const { moving: texts } = useTexts();
  const { actions, ready, losing, gaining } = weighed;
  const names = (clients: typeof losing) => clients.map(({ nom }) => nom).join(', ');
  const effects = [
    texts.moves(actions),
    texts.ready(ready),
    ...(losing.length > 0 ? [texts.losing(names(losing))] : []),
    ...(gaining.length > 0 ? [texts.gaining(names(gaining))] : []),
    ...(losing.length + gaining.length === 0 ? [texts.sameClients] : []),
    texts.pulled,
  ];
  return (
    <List fz="sm" spacing={4}>
      {effects.map((effect) => (
        <List.Item key={effect}>{effect}</List.Item>
      ))}
    </List>
  );
}
