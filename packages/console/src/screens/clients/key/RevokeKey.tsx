import { useChange } from '../../../api/useChange.ts';
import { ConfirmAct } from '../../../components/ConfirmAct.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';

interface RevokeKeyProps {
  readonly apiKey: Key;
  /** How many other keys of the client are valid. */
  readonly others: number;
  readonly onClose: () => void;
}

/** Ends a key for good, once the name of its client was typed. */
export function RevokeKey({ apiKey, others, onClose }: RevokeKeyProps) {
  const texts = useTexts().revoke;
  const { client_nom: client, state } = apiKey;
  const left = others === 0 ? texts.last(client) : texts.others(client, others);
  const revoke = useChange('revokeKey', {
    invalidates: ['listKeys', 'listClients', 'listFilters'],
    done: texts.done,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <ConfirmAct
      opened
      onClose={onClose}
      title={texts.title}
      effects={[texts.refused, ...(state === 'valid' ? [left] : []), texts.kept, texts.final]}
      verb={texts.verb}
      typed={client}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ id: apiKey.id })}
    />
  );
}
