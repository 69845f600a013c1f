import { Button } from '@mantine/core';
import IconKey from '@tabler/icons-react/icons/IconKey';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconUserQuestion from '@tabler/icons-react/icons/IconUserQuestion';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { wholeList } from '../../api/useList.ts';
import { useOperation } from '../../api/useOperation.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { DataTable } from '../../components/table/DataTable.tsx';
import { useSelectedName } from '../../lib/useSelected.ts';
import { useSession } from '../../shell/session.ts';
import { ClientFigures } from './ClientFigures.tsx';
import type { Client, Key } from './client.ts';
import { CreateKey } from './key/CreateKey.tsx';
import { KeyDetails } from './key/KeyDetails.tsx';
import { useColumns } from './key/useColumns.tsx';
import { RenameClient } from './NameClient.tsx';
import { useTexts } from './useTexts.ts';

/** One client: what it receives, and its keys. */
export function ClientPage() {
  const texts = useTexts();
  const { client: id } = useParams();
  const { data, error, refetch } = useOperation('listClients', {});
  const client = data?.items.find((one) => String(one.id) === id);
  const trail = [{ title: texts.title, to: '/clients' }];
  if (client) return <Known key={client.id} client={client} trail={trail} />;
  return (
    <Page title={data ? texts.client.gone.title : '…'} trail={trail}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <EmptyState
          icon={IconUserQuestion}
          title={texts.client.gone.title}
          text={texts.client.gone.text}
          action={
            <Button component={Link} to="/clients" variant="default">
              {texts.client.gone.back}
            </Button>
          }
        />
      )}
    </Page>
  );
}

const states = ['valid', 'expired', 'revoked'] as const;
/** Keys that work, then the others; each newest first. */
const worksFirst = (keys: readonly Key[]) =>
  keys.toSorted((one, other) => states.indexOf(one.state) - states.indexOf(other.state));

interface KnownProps {
  readonly client: Client;
  readonly trail: readonly { title: string; to: string }[];
}

function Known({ client, trail }: KnownProps) {
  const texts = useTexts();
  const { can } = useSession();
  const { selected, open, close } = useSelectedName();
  const keys = useOperation('listKeys', { clientId: client.id }, { every: 60_000 });
  const columns = useColumns();
  const [asks, setAsks] = useState<'rename' | 'key'>();
  const done = () => setAsks(undefined);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsks('key')}>
      {texts.keys.create}
    </Button>
  );
  return (
    <Page
      title={client.nom}
      trail={trail}
      about={<ClientFigures client={client} />}
      fill
      actions={
        can('admin', 'operateur') && (
          <>
            <Button variant="default" onClick={() => setAsks('rename')}>
              {texts.client.rename}
            </Button>
            {create}
          </>
        )
      }
    >
      <DataTable
        name="keys"
        label={texts.keys.label}
        columns={columns}
        list={wholeList({ ...keys, data: keys.data && worksFirst(keys.data.items) })}
        rowId={(row) => row.id}
        rowLabel={(row) => texts.key.title(row.id)}
        onOpen={(row) => open(row.id)}
        openId={selected}
        empty={
          <EmptyState
            icon={IconKey}
            {...texts.keys.none}
            action={can('admin', 'operateur') && create}
          />
        }
      />
      <KeyDetails id={selected} keys={keys.data?.items} onClose={close} />
      {asks === 'rename' && <RenameClient client={client} onClose={done} />}
      {asks === 'key' && <CreateKey client={client} onClose={done} />}
    </Page>
  );
}
