import { Alert, Checkbox, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useNoChoice } from '../../../components/useNoChoice.ts';
import type { WaitingLead } from '../lead.ts';
import { changedByLeads } from '../useRelease.ts';
import { useTexts } from '../useTexts.ts';
import { ReleaseReport } from './ReleaseReport.tsx';

/** Whether a lead was found to ask about a programme that is known: its own, or the default one. */
const hasProgramme = ({ reasons }: WaitingLead): boolean =>
  !reasons.some(({ code }) => code === 'unknown_programme' || code === 'not_fetched');

interface ReleaseLeadsProps {
  readonly rows: readonly WaitingLead[];
  readonly onClose: () => void;
  /** They were tried: the report is closed. */
  readonly onDone: () => void;
}

/** Lets several leads in, with a programme or consent for all of them, and reports on each. */
export function ReleaseLeads({ rows, onClose, onDone }: ReleaseLeadsProps) {
  const { many: texts, form } = useTexts();
  const programmes = useFilterOptions().programmes;
  const noChoice = useNoChoice();
  const [programme, setProgramme] = useState<string | null>(null);
  const [consent, setConsent] = useState(false);
  const release = useChange('releaseLeads', { invalidates: changedByLeads, tellsRefusal: false });
  const replaced = programme === null ? 0 : rows.filter(hasProgramme).length;
  if (release.data) {
    return (
      <ReleaseReport
        rows={rows}
        items={release.data.items}
        onClose={() => {
          onClose();
          onDone();
        }}
      />
    );
  }
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.releaseTitle(rows.length)}
      verb={texts.verb}
      pending={release.isPending}
      error={release.error}
      onSubmit={(event) => {
        event.preventDefault();
        release.mutate({
          ids: rows.map(({ id }) => id),
          ...(programme !== null && { programmeId: Number(programme) }),
          ...(consent && { consent }),
        });
      }}
    >
      <Text fz="sm">{texts.releaseAbout}</Text>
      <Select
        label={texts.programme}
        placeholder={form.choose}
        data={programmes?.map(({ id, label }) => ({ value: String(id), label }))}
        {...noChoice(programmes)}
        value={programme}
        onChange={setProgramme}
        searchable
        clearable
        // The list would be over the buttons before anybody asked for it.
        openOnFocus={false}
        data-autofocus
      />
      {/* Otherwise it would go to another client than the one whose programme it asked about. */}
      {replaced > 0 && (
        <Alert color="yellow" variant="light" p="sm" role="status">
          {texts.replaced(replaced)}
        </Alert>
      )}
      <Checkbox
        label={form.consent}
        checked={consent}
        onChange={(event) => setConsent(event.currentTarget.checked)}
      />
    </FormModal>
  );
}
