import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/call.ts';
import { useChange } from '../../../api/useChange.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { FormModal } from '../../../components/FormModal.tsx';
import { useTold } from '../../../components/useTold.tsx';
import { useStatuts } from '../useStatuts.ts';
import { useTexts } from '../useTexts.ts';
import { ChangeReport } from './ChangeReport.tsx';
import type { ChangedContact } from './changedContact.ts';
import { StatutFields } from './StatutFields.tsx';
import { useStatutForm } from './useStatutForm.ts';

interface ChangeStatutProps {
  /** As they are shown; the dialog is open while there are some. */
  readonly contacts: readonly ChangedContact[];
  readonly onClose: () => void;
  /** Some were changed, or could not be. */
  readonly onDone?: () => void;
}

type Changes = Answer<'changeStatut'>['changes'];

/** Gives contacts a statut, and tells of each that did not get it why. */
export function ChangeStatut({ contacts, onClose, onDone }: ChangeStatutProps) {
  const { statut: texts, found } = useTexts();
  const told = useTold();
  const statuts = useStatuts();
  const form = useStatutForm();
  const statut = statuts.find(form.statut);
  const [report, setReport] = useState<{ changes: Changes; of: readonly ChangedContact[] }>();
  const change = useChange('changeStatut', {
    invalidates: ['searchContacts', 'getProspect', 'getToday'],
    tellsRefusal: false,
  });
  const close = () => {
    form.reset();
    change.reset();
    onClose();
  };
  const submit = (statutId: number, reason: string) => {
    const actions = contacts.map(({ action_id, version }) => ({ id: action_id, version }));
    change.mutate(
      { actions, statutId, reason },
      {
        onSuccess({ changes }) {
          const isAll = changes.every(({ outcome }) => outcome === 'changed');
          if (isAll) told.done(texts.done(changes.length, statut?.designation ?? ''));
          else setReport({ changes, of: contacts });
          close();
          onDone?.();
        },
      },
    );
  };
  const pulled = contacts.filter(({ pulled_at }) => pulled_at !== null).length;
  return (
    <>
      <FormModal
        opened={contacts.length > 0}
        onClose={close}
        title={texts.title(found(contacts.length))}
        verb={texts.change}
        pending={change.isPending}
        error={change.error}
        onSubmit={form.onSubmit(submit)}
      >
        <StatutFields form={form} options={statuts.options} />
        {statut && (
          <Text fz="sm" c="dimmed" role="status">
            {statut.ready ? texts.makesReady : texts.makesUnready}
            {statut.ready && pulled > 0 && ` ${texts.keepsPulled(pulled)}`}
          </Text>
        )}
      </FormModal>
      <Dialog
        opened={report !== undefined}
        onClose={() => setReport(undefined)}
        title={texts.report}
        size="lg"
      >
        {report && (
          <ChangeReport
            changes={report.changes}
            contacts={report.of}
            onClose={() => setReport(undefined)}
          />
        )}
      </Dialog>
    </>
  );
}
