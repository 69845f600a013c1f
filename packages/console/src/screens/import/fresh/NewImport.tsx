import { Button, Select, Stack } from '@mantine/core';
import IconDoorEnter from '@tabler/icons-react/icons/IconDoorEnter';
import { Link } from 'react-router';
import { ApiError } from '../../../api/apiError.ts';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Page } from '../../../components/Page.tsx';
import { useUrlState } from '../../../lib/useUrlState.ts';
import { useSession } from '../../../shell/session.ts';
import { useTexts } from '../useTexts.ts';
import { address } from './address.ts';
import { Preview } from './Preview.tsx';
import { Upload } from './Upload.tsx';

/** What an import starts with: a source, then a file, then how it is understood. */
export function NewImport() {
  const texts = useTexts();
  const [{ source, file }, set] = useUrlState(address);
  const { can } = useSession();
  const sources = useFilterOptions().sources;
  const forget = { separator: undefined, encoding: undefined, sheet: undefined, column: [] };
  return (
    <Page title={texts.fresh.title} trail={[{ title: texts.title, to: '/import' }]}>
      {!can('admin', 'operateur') ? (
        <ErrorState error={new ApiError({ status: 403, code: 'role_not_allowed' })} />
      ) : sources?.length === 0 ? (
        <EmptyState
          icon={IconDoorEnter}
          title={texts.fresh.noSource.title}
          text={texts.fresh.noSource.text}
          action={
            <Button component={Link} to="/sources">
              {texts.fresh.noSource.action}
            </Button>
          }
        />
      ) : (
        <Stack gap="md">
          <Select
            label={texts.fresh.source}
            description={texts.fresh.sourceAbout}
            placeholder={texts.fresh.choose}
            data={sources?.map(({ id, label }) => ({ value: id, label })) ?? []}
            value={source ?? null}
            onChange={(next) => set({ source: next ?? undefined, column: [] })}
            searchable
            allowDeselect={false}
            maw={480}
          />
          {source !== undefined && file === undefined && (
            <Upload onUploaded={(id) => set({ ...forget, file: id }, { push: true })} />
          )}
          {source !== undefined && file !== undefined && (
            <Preview
              source={source}
              file={file}
              onOther={() => set({ ...forget, file: undefined }, { push: true })}
            />
          )}
        </Stack>
      )}
    </Page>
  );
}
