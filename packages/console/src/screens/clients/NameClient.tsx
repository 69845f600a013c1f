import { useNavigate } from 'react-router';
import { useChange } from '../../api/useChange.ts';
import { NameForm } from '../../components/NameForm.tsx';
import type { Client } from './client.ts';
import { useTexts } from './useTexts.ts';

/** A new client; its page opens then, where the first key is made. */
export function CreateClient({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts().client;
  const navigate = useNavigate();
  const create = useChange('createClient', {
    invalidates: ['listClients', 'listFilters'],
    tellsRefusal: false,
    done: ({ nom }) => texts.created(nom),
    onDone({ id }) {
      onClose();
      void navigate(`/clients/${id}`);
    },
  });
  return (
    <NameForm
      onClose={onClose}
      title={texts.create}
      verb={texts.createVerb}
      nom=""
      label={texts.nom}
      about={texts.nomAbout}
      texts={texts}
      change={create}
      onName={(nom) => create.mutate({ nom })}
    />
  );
}

interface RenameClientProps {
  readonly client: Client;
  readonly onClose: () => void;
}

export function RenameClient({ client, onClose }: RenameClientProps) {
  const texts = useTexts().client;
  const rename = useChange('renameClient', {
    invalidates: ['listClients', 'listKeys', 'listFilters'],
    tellsRefusal: false,
    done: texts.renamed,
    onDone: onClose,
  });
  return (
    <NameForm
      onClose={onClose}
      title={texts.rename}
      nom={client.nom}
      label={texts.nom}
      about={texts.nomAbout}
      texts={texts}
      change={rename}
      onName={(nom) => rename.mutate({ id: client.id, nom })}
    />
  );
}
