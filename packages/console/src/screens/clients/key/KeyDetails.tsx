import { Alert, Button, Group, Stack } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { useState } from 'react';
import { Details } from '../../../components/Details.tsx';
import { useSession } from '../../../shell/session.ts';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { Attempt } from './Attempt.tsx';
import { EditKey } from './EditKey.tsx';
import { KeyFacts } from './KeyFacts.tsx';
import { mappingShown } from './keyForm.ts';
import { RevokeKey } from './RevokeKey.tsx';
import { RotateKey } from './RotateKey.tsx';

interface KeyDetailsProps {
  /** The one that is open; undefined for none. */
  readonly id: string | undefined;
  /** Every key of the client; undefined until they are here. */
  readonly keys: readonly Key[] | undefined;
  readonly onClose: () => void;
}

/** A key beside the list: what it is mapped to, and what can be done with it. */
export function KeyDetails({ id, keys, onClose }: KeyDetailsProps) {
  const texts = useTexts().key;
  const key = keys?.find((one) => one.id === id);
  return (
    <Details
      opened={id !== undefined && keys !== undefined}
      onClose={onClose}
      title={id === undefined ? '' : texts.title(id)}
      about={key?.client_nom}
    >
      {key ? <Body key={key.id} apiKey={key} keys={keys ?? []} /> : texts.gone}
    </Details>
  );
}

interface BodyProps {
  readonly apiKey: Key;
  readonly keys: readonly Key[];
}

function Body({ apiKey, keys }: BodyProps) {
  const texts = useTexts().key;
  const { can } = useSession();
  const [asks, setAsks] = useState<'edit' | 'rotate' | 'revoke'>();
  const done = () => setAsks(undefined);
  const { state } = apiKey;
  const successor = keys.find((one) => one.rotated_from === apiKey.id && one.state === 'valid');
  const others = keys.filter((one) => one.state === 'valid' && one.id !== apiKey.id).length;
  return (
    <Stack gap="md">
      {apiKey.exposed_at && state === 'valid' && (
        <Alert color="yellow" variant="light" p="sm" icon={<IconAlertTriangle />}>
          {texts.exposed}
        </Alert>
      )}
      {can('admin', 'operateur') && state !== 'revoked' && (
        <Group gap="xs">
          <Button variant="default" onClick={() => setAsks('edit')}>
            {texts.edit}
          </Button>
          {state === 'valid' && (
            <Button variant="default" onClick={() => setAsks('rotate')}>
              {texts.rotate}
            </Button>
          )}
          <Button variant="light" color="red" onClick={() => setAsks('revoke')}>
            {texts.revoke}
          </Button>
        </Group>
      )}
      <KeyFacts apiKey={apiKey} isReplaced={successor !== undefined} />
      {/* What a try has shown holds no more once the key is mapped otherwise, or ended. */}
      <Attempt key={`${state} ${JSON.stringify(mappingShown(apiKey))}`} apiKey={apiKey} />
      {asks === 'edit' && <EditKey apiKey={apiKey} onClose={done} />}
      {asks === 'rotate' && <RotateKey apiKey={apiKey} successor={successor} onClose={done} />}
      {asks === 'revoke' && <RevokeKey apiKey={apiKey} others={others} onClose={done} />}
    </Stack>
  );
}
