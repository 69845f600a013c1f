import { Button } from '@mantine/core';
import IconFileImport from '@tabler/icons-react/icons/IconFileImport';
import { Link } from 'react-router';
import { useList } from '../../../api/useList.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Page } from '../../../components/Page.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { useSession } from '../../../shell/session.ts';
import { useTexts } from '../useTexts.ts';
import { useColumns } from './useColumns.tsx';

/** Files that were imported, newest first. */
export function ImportList() {
  const texts = useTexts();
  const { can } = useSession();
  const list = useList('listImports', {}, { every: 5_000 });
  const columns = useColumns();
  const create = can('admin', 'operateur') && (
    <Button component={Link} to="/import/new" leftSection={<IconFileImport size={16} />}>
      {texts.create}
    </Button>
  );
  return (
    <Page title={texts.title} about={texts.about} fill actions={create}>
      <DataTable
        name="imports"
        label={texts.title}
        columns={columns}
        list={list}
        rowId={(row) => row.id}
        rowLabel={(row) => row.file}
        linkTo={(row) => `/import/${row.id}`}
        empty={<EmptyState icon={IconFileImport} {...texts.none} action={create} />}
      />
    </Page>
  );
}
