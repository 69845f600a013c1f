import { Text } from '@mantine/core';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useShownAnew } from '../../../components/useShownAnew.ts';
import { useTold } from '../../../components/useTold.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { KeyFields } from './KeyFields.tsx';
import { changesOf, type KeyValues, mappingShown, valuesOf } from './keyForm.ts';
import { useKeyForm } from './useKeyForm.ts';

interface EditKeyProps {
  readonly apiKey: Key;
  readonly onClose: () => void;
}

/** Changes what a key is mapped to; the client keeps its text. */
export function EditKey({ apiKey, onClose }: EditKeyProps) {
  const texts = useTexts().form;
  const told = useTold();
  const { form, refuse, unplaced } = useKeyForm(valuesOf(apiKey));
  const update = useChange('updateKey', {
    invalidates: ['listKeys', 'listClients', 'listFilters'],
    done: texts.updated,
    tellsRefusal: false,
    onDone: onClose,
  });
  const shown = useShownAnew(form, apiKey, valuesOf, update.error);
  const submit = (values: KeyValues) => {
    const changes = changesOf(values, form.getInitialValues());
    if (Object.keys(changes).length === 0) {
      told.done(texts.unchanged);
      onClose();
      return;
    }
    update.mutate({ id: apiKey.id, ...changes, before: mappingShown(shown) }, { onError: refuse });
  };
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.edit(apiKey.id)}
      size="lg"
      pending={update.isPending}
      error={unplaced(update.error)}
      onSubmit={form.onSubmit(submit)}
    >
      <Text fz="sm" c="dimmed">
        {texts.editAbout}
      </Text>
      <KeyFields form={form} />
    </FormModal>
  );
}
