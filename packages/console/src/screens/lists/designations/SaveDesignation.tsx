import type { DesignationList } from '@relais/contract';
import { useChange } from '../../../api/useChange.ts';
import { NameForm } from '../../../components/NameForm.tsx';
import { useTexts } from '../useTexts.ts';
import type { Designation } from './designation.ts';

interface SaveDesignationProps {
  readonly list: DesignationList;
  /** The one to rename; a new one when left out. */
  readonly entry?: Designation;
  readonly onClose: () => void;
}

export function SaveDesignation({ list, entry, onClose }: SaveDesignationProps) {
  const texts = useTexts();
  const save = useChange('saveDesignation', {
    invalidates: ['listDesignations', 'listKeys', 'listFilters'],
    done: texts.saved,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <NameForm
      title={entry ? texts.rename : texts.create[list]}
      label={texts.columns.designation}
      nom={entry?.designation ?? ''}
      about={texts.sees.designations}
      texts={texts}
      change={save}
      onName={(designation) => save.mutate({ list, ...(entry && { id: entry.id }), designation })}
      onClose={onClose}
    />
  );
}
