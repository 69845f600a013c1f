import { useChange } from '../../../api/useChange.ts';
import { NameForm } from '../../../components/NameForm.tsx';
import { useTexts } from '../useTexts.ts';
import type { Region } from './region.ts';

interface SaveRegionProps {
  /** The one to rename; a new one when left out. */
  readonly region?: Region;
  readonly onClose: () => void;
}

export function SaveRegion({ region, onClose }: SaveRegionProps) {
  const texts = useTexts();
  const save = useChange('saveRegion', {
    invalidates: ['listRegions', 'listProgrammes', 'listKeys', 'listFilters'],
    done: texts.saved,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <NameForm
      title={region ? texts.rename : texts.create.regions}
      label={texts.columns.nom}
      nom={region?.nom ?? ''}
      about={region ? texts.sees.designations : texts.sees.regions}
      texts={texts}
      change={save}
      onName={(nom) => save.mutate({ ...(region && { id: region.id }), nom })}
      onClose={onClose}
    />
  );
}
