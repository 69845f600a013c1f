import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { ConfirmAct } from '../../../components/ConfirmAct.tsx';
import { useJobsPanel } from '../../../components/jobs/useOwnJobs.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import type { ContactFilter } from '../list/useContactFilter.ts';
import { useStatuts } from '../useStatuts.ts';
import { useTexts } from '../useTexts.ts';
import { StatutFields } from './StatutFields.tsx';
import { useStatutForm } from './useStatutForm.ts';

interface ChangeFoundProps {
  readonly filter: ContactFilter;
  /** How many it finds; with `more`, that many and others. */
  readonly total: number;
  readonly more: boolean;
  /** True: the number is that of the filter before. */
  readonly stale: boolean;
  readonly isFiltered: boolean;
}

/** A bulk change of all that the search finds, as a job: it says how many, and asks for that number. */
export function ChangeFound({ filter, total, more, stale, isFiltered }: ChangeFoundProps) {
  const { statut: texts, found: foundText } = useTexts();
  const formats = useFormats();
  const panel = useJobsPanel();
  const statuts = useStatuts();
  const form = useStatutForm();
  const [asked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
    form.reset();
    change.reset();
  };
  const change = useChange('changeStatuts', {
    invalidates: ['listJobs'],
    tellsRefusal: false,
    onDone: () => {
      close();
      panel.open();
    },
  });
  const statut = statuts.find(form.statut);
  const found = foundText(total, more);
  const effects = statut
    ? [...texts.all.effects(found, statut.designation), ...(statut.ready ? [texts.all.ready] : [])]
    : [texts.all.unchosen(found)];
  return (
    <>
      <Tooltip label={texts.filterFirst} multiline maw={260} disabled={isFiltered}>
        <Button
          variant="default"
          disabled={total === 0 || stale}
          // Not `disabled`: why it can't be used has to be reached by keys.
          aria-disabled={!isFiltered}
          data-disabled={!isFiltered || undefined}
          onClick={() => isFiltered && setAsked(true)}
        >
          {isFiltered && total > 1
            ? texts.changeFound(`${formats.number(total)}${more ? '+' : ''}`)
            : texts.changeAll}
        </Button>
      </Tooltip>
      <ConfirmAct
        opened={asked}
        onClose={close}
        title={texts.title(found)}
        effects={effects}
        verb={texts.all.verb}
        typed={String(total)}
        danger={false}
        pending={change.isPending}
        error={change.error}
        onConfirm={form.onSubmit((statutId, reason) =>
          change.mutate({ ...filter, statutId, reason }),
        )}
      >
        <StatutFields form={form} options={statuts.options} />
      </ConfirmAct>
    </>
  );
}
