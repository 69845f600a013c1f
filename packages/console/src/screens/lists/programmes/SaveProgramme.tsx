import { Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { useFieldErrors } from '../../../components/useErrorText.ts';
import { useNoChoice } from '../../../components/useNoChoice.ts';
import { useShownAnew } from '../../../components/useShownAnew.ts';
import { useTexts } from '../useTexts.ts';
import type { Programme } from './programme.ts';
import { useRegionOptions } from './useRegionOptions.ts';

interface SaveProgrammeProps {
  /** The one to change; a new one when left out. Its region is changed by MoveProgramme. */
  readonly programme?: Programme;
  readonly onClose: () => void;
}

interface Values {
  nom: string;
  ville: string;
  regionId: string | null;
}

const valuesOf = (programme: Programme | undefined): Values => ({
  nom: programme?.nom ?? '',
  ville: programme?.ville ?? '',
  regionId: null,
});

const fields = ['nom', 'ville', 'regionId'] as const;

export function SaveProgramme({ programme, onClose }: SaveProgrammeProps) {
  const texts = useTexts();
  const fieldErrors = useFieldErrors();
  const regions = useRegionOptions();
  const noChoice = useNoChoice();
  const form = useForm<Values>({
    mode: 'uncontrolled',
    initialValues: valuesOf(programme),
    validate: {
      nom: (nom) => (nom.trim() ? null : texts.missing),
      regionId: (id) => (programme || id ? null : texts.missing),
    },
  });
  const save = useChange('saveProgramme', {
    invalidates: ['listProgrammes', 'listRegions', 'listFilters'],
    done: texts.saved,
    tellsRefusal: false,
    onDone: onClose,
  });
  const shown = useShownAnew(form, programme, valuesOf, save.error);
  return (
    <FormModal
      opened
      onClose={onClose}
      title={programme ? texts.edit : texts.create.programmes}
      pending={save.isPending}
      error={fieldErrors(save.error, fields) ? null : save.error}
      onSubmit={form.onSubmit(({ nom, ville, regionId }) =>
        save.mutate(
          {
            ...(shown
              ? { id: shown.id, before: { nom: shown.nom, ville: shown.ville } }
              : { regionId: Number(regionId) }),
            nom,
            ville: ville.trim() || null,
          },
          { onError: (error) => form.setErrors(fieldErrors(error, fields) ?? {}) },
        ),
      )}
    >
      <TextInput
        key={form.key('nom')}
        label={texts.columns.nom}
        maxLength={200}
        autoComplete="off"
        withAsterisk
        data-autofocus
        {...form.getInputProps('nom')}
      />
      <TextInput
        key={form.key('ville')}
        label={texts.columns.ville}
        maxLength={200}
        autoComplete="off"
        {...form.getInputProps('ville')}
      />
      {programme ? (
        <Text fz="sm" c="dimmed">
          {texts.sees.programmes}
        </Text>
      ) : (
        <Select
          key={form.key('regionId')}
          label={texts.columns.region}
          placeholder={texts.choose}
          data={regions}
          searchable
          withAsterisk
          {...noChoice(regions)}
          {...form.getInputProps('regionId')}
        />
      )}
    </FormModal>
  );
}
