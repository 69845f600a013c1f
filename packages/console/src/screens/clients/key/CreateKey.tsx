import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import type { Client } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { IssuedKey } from './IssuedKey.tsx';
import { KeyFields } from './KeyFields.tsx';
import { emptyValues, mappingOf } from './keyForm.ts';
import { useKeyForm } from './useKeyForm.ts';

interface CreateKeyProps {
  readonly client: Client;
  readonly onClose: () => void;
}

/** A new key of a client, shown once when it is made. */
export function CreateKey({ client, onClose }: CreateKeyProps) {
  const texts = useTexts().form;
  const { form, refuse, unplaced } = useKeyForm(emptyValues);
  const create = useChange('createKey', {
    invalidates: ['listKeys', 'listClients', 'listFilters'],
    tellsRefusal: false,
  });
  if (create.data) {
    return <IssuedKey client={client.nom} secret={create.data.key} onDone={onClose} />;
  }
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.create(client.nom)}
      verb={texts.createVerb}
      size="lg"
      pending={create.isPending}
      error={unplaced(create.error)}
      onSubmit={form.onSubmit((values) =>
        create.mutate({ clientId: client.id, ...mappingOf(values) }, { onError: refuse }),
      )}
    >
      <KeyFields form={form} />
    </FormModal>
  );
}
