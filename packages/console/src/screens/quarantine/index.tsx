import { Group } from '@mantine/core';
import { intakeReasons } from '@relais/contract';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useFilterOptions } from '../../api/useFilterOptions.ts';
import { useList } from '../../api/useList.ts';
import { useOperation } from '../../api/useOperation.ts';
import { FilterBar } from '../../components/filters/FilterBar.tsx';
import { FilterChip } from '../../components/filters/FilterChip.tsx';
import { FilterSelect } from '../../components/filters/FilterSelect.tsx';
import { Page } from '../../components/Page.tsx';
import { useReasonTexts } from '../../components/ReasonBadge.tsx';
import { DataTable } from '../../components/table/DataTable.tsx';
import { given } from '../../lib/given.ts';
import { param } from '../../lib/urlState.ts';
import { useSelected } from '../../lib/useSelected.ts';
import { useShortcuts } from '../../lib/useShortcuts.ts';
import { useUrlState } from '../../lib/useUrlState.ts';
import { useSession } from '../../shell/session.ts';
import { type BulkAct, BulkButtons, BulkDialog } from './bulk/BulkActs.tsx';
import { LeadDetails } from './details/LeadDetails.tsx';
import { nameOf, type WaitingLead } from './lead.ts';
import { NothingWaits } from './NothingWaits.tsx';
import { focusedRow, focusRow, pressSuggestion } from './rowFocus.ts';
import { correctionOf, suggestionsOf } from './suggestions.ts';
import { TakeSuggestion } from './TakeSuggestion.tsx';
import { useColumns } from './useColumns.tsx';
import { useRelease } from './useRelease.ts';
import { useTexts } from './useTexts.ts';

const codes = Object.keys(intakeReasons) as (keyof typeof intakeReasons)[];
const waiting = codes.filter((code) => intakeReasons[code].effect === 'quarantine');
const filters = { sources: param.texts, reasons: param.texts, importId: param.id };

/** The leads that wait for an operator, each with why, and what can be done with one press. */
export function Component() {
  const texts = useTexts();
  const reasonTexts = useReasonTexts();
  const { can } = useSession();
  const maySettle = can('admin', 'operateur');
  const options = useFilterOptions();
  const { selected, open, close } = useSelected();
  const [{ sources, reasons, importId }, set] = useUrlState(filters);
  const navigate = useNavigate();
  const asked = waiting.filter((code) => reasons.includes(code));
  const filter = given({ sources, reasons: asked, importId });
  const list = useList('listQuarantine', filter, { every: 30_000 });
  const imported = useOperation(
    'getImport',
    { id: importId ?? 0 },
    { enabled: importId !== undefined },
  ).data?.import;
  const isFiltered = Object.keys(filter).length > 0;
  const clear = () => set({ sources: [], reasons: [], importId: undefined });

  const [bulk, setBulk] = useState<BulkAct>();
  const release = useRelease();
  const releasing = useRef(false);
  const columns = useColumns(
    useCallback(
      (row: WaitingLead) => {
        const found = maySettle ? suggestionsOf(row.reasons, options.programmes ?? []) : [];
        if (found.length === 0) return undefined;
        const buttons = found.map((suggestion) => (
          <TakeSuggestion
            key={JSON.stringify(suggestion)}
            suggestion={suggestion}
            lead={nameOf(row.draft) ?? texts.lead.title(row.id)}
            pending={release.isPending && release.variables.id === row.id}
            onTake={() => {
              if (releasing.current) return;
              releasing.current = true;
              const place = focusedRow();
              release.mutate(
                { id: row.id, ...correctionOf(suggestion) },
                {
                  onSettled: () => {
                    releasing.current = false;
                    focusRow(place);
                  },
                },
              );
            }}
          />
        ));
        return <Group gap={4}>{buttons}</Group>;
      },
      [maySettle, options.programmes, texts, release.isPending, release.variables, release.mutate],
    ),
  );
  useShortcuts(
    useMemo(
      () => (maySettle ? [{ keys: 's', text: texts.keys.take, run: pressSuggestion }] : []),
      [maySettle, texts],
    ),
  );
  return (
    <Page title={texts.title} about={texts.about} fill>
      <FilterBar onClear={isFiltered ? clear : undefined}>
        <FilterSelect
          label={texts.filters.reasons}
          options={waiting.map((code) => ({ id: code, label: reasonTexts[code].name }))}
          value={asked}
          onChange={(next) => set({ reasons: next })}
        />
        <FilterSelect
          label={texts.filters.sources}
          options={options.sources}
          value={sources}
          onChange={(next) => set({ sources: next })}
        />
        {importId !== undefined && (
          <FilterChip
            label={texts.filters.imported}
            chosen={imported?.file ?? ''}
            isSet
            onClear={() => set({ importId: undefined })}
            onClick={() => void navigate(`/import/${importId}`)}
          />
        )}
      </FilterBar>
      <DataTable
        name="quarantine"
        label={texts.title}
        columns={columns}
        list={list}
        rowId={(row) => row.id}
        rowLabel={(row) => nameOf(row.draft) ?? texts.lead.title(row.id)}
        onOpen={(row) => open(row.id)}
        openId={selected}
        {...(maySettle && {
          bulk: (rows: readonly WaitingLead[], unselect: () => void) => (
            <BulkButtons rows={rows} clear={unselect} onAsk={setBulk} />
          ),
        })}
        empty={<NothingWaits isFiltered={isFiltered} onClear={clear} />}
      />
      {bulk && <BulkDialog asked={bulk} onClose={() => setBulk(undefined)} />}
      <LeadDetails id={selected} rows={list.rows ?? []} onOpen={open} onClose={close} />
    </Page>
  );
}
