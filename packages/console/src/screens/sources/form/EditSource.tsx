import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useShownAnew } from '../../../components/useShownAnew.ts';
import { useTold } from '../../../components/useTold.tsx';
import { changedBySource, type Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { SourceFields } from './SourceFields.tsx';
import { changesOf, rulesShown, type SourceValues, valuesOf } from './sourceForm.ts';
import { useSourceForm } from './useSourceForm.ts';

interface EditSourceProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** Changes the rules of a source. */
export function EditSource({ source, onClose }: EditSourceProps) {
  const texts = useTexts().form;
  const told = useTold();
  const { form, refuse, unplaced } = useSourceForm(valuesOf(source), false);
  const update = useChange('updateSource', {
    invalidates: changedBySource,
    done: texts.saved,
    tellsRefusal: false,
    onDone: onClose,
  });
  const shown = useShownAnew(form, source, valuesOf, update.error);
  const submit = (values: SourceValues) => {
    const changes = changesOf(values, form.getInitialValues());
    if (Object.keys(changes).length === 0) {
      told.done(texts.unchanged);
      onClose();
      return;
    }
    update.mutate({ nom: source.nom, ...changes, before: rulesShown(shown) }, { onError: refuse });
  };
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.editTitle(source.nom)}
      size="lg"
      pending={update.isPending}
      error={unplaced(update.error)}
      onSubmit={form.onSubmit(submit)}
    >
      <SourceFields form={form} isNew={false} />
    </FormModal>
  );
}
