import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { changedBySource, type Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { SourceFields } from './SourceFields.tsx';
import { updated, valuesOf } from './sourceForm.ts';
import { useSourceForm } from './useSourceForm.ts';

interface EditSourceProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** Changes the rules of a source. */
export function EditSource({ source, onClose }: EditSourceProps) {
  const texts = useTexts().form;
  const { form, refuse, unplaced } = useSourceForm(valuesOf(source), false);
  const update = useChange('updateSource', {
    invalidates: changedBySource,
    done: texts.saved,
    tellsRefusal: false,
    onDone: onClose,
  });
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.editTitle(source.nom)}
      size="lg"
      pending={update.isPending}
      error={unplaced(update.error)}
      onSubmit={form.onSubmit((values) => update.mutate(updated(values), { onError: refuse }))}
    >
      <SourceFields form={form} isNew={false} />
    </FormModal>
  );
}
