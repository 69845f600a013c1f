import { useChange } from '../../../api/useChange.ts';
import { RotateForm } from '../../../components/RotateForm.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { IssuedKey } from './IssuedKey.tsx';

interface RotateKeyProps {
  readonly apiKey: Key;
  readonly onClose: () => void;
}

/** Gives a key a successor; the old one goes on for a while. */
export function RotateKey({ apiKey, onClose }: RotateKeyProps) {
  const texts = useTexts().rotate;
  const { client_nom: client } = apiKey;
  const rotate = useChange('rotateKey', {
    invalidates: ['listKeys', 'listClients'],
    tellsRefusal: false,
  });
  if (rotate.data) {
    return <IssuedKey client={client} secret={rotate.data.key} onDone={onClose} />;
  }
  return (
    <RotateForm
      texts={texts}
      effects={texts.effects(client)}
      pending={rotate.isPending}
      error={rotate.error}
      onRotate={(overlapHours) => rotate.mutate({ id: apiKey.id, overlapHours })}
      onClose={onClose}
    />
  );
}
