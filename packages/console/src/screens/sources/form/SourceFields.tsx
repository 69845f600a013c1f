import { NumberInput, Select, SimpleGrid, Switch } from '@mantine/core';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { useNoChoice } from '../../../components/useNoChoice.ts';
import { useTexts } from '../useTexts.ts';
import { FormChannelFields } from './FormChannelFields.tsx';
import { MetaFields } from './MetaFields.tsx';
import type { SourceForm } from './useSourceForm.ts';

type Options = readonly { readonly id: number; readonly label: string }[];
const optionsOf = (options: Options = []) =>
  options.map(({ id, label }) => ({ value: String(id), label }));

const useTypes = (list: 'types_contact' | 'types_action') =>
  useOperation('listDesignations', { list }).data?.items.map(({ id, designation }) => ({
    id,
    label: designation,
  }));

interface SourceFieldsProps {
  readonly form: SourceForm;
  readonly isNew: boolean;
}

/** What an operator decides about a source; what a channel has no use for is left out. */
export function SourceFields({ form, isNew }: SourceFieldsProps) {
  const { rules: texts, form: words } = useTexts();
  const options = useFilterOptions();
  const typesContact = useTypes('types_contact');
  const typesAction = useTypes('types_action');
  const noChoice = useNoChoice();
  const { channel } = form.values;
  const optional = { placeholder: '—', clearable: true, searchable: true } as const;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={texts.statut}
          description={texts.statutAbout}
          placeholder={words.choose}
          data={optionsOf(options.statuts)}
          withAsterisk
          {...noChoice(options.statuts)}
          {...form.getInputProps('statutId')}
        />
        <Select
          label={texts.review}
          description={texts.reviewAbout}
          data={optionsOf(options.statuts)}
          {...optional}
          placeholder={texts.sameStatut}
          {...form.getInputProps('reviewStatutId')}
        />
        <Select
          label={texts.programme}
          data={optionsOf(options.programmes)}
          {...optional}
          {...noChoice(options.programmes)}
          {...form.getInputProps('programmeId')}
        />
        <Select
          label={texts.origine}
          data={optionsOf(options.origines)}
          {...optional}
          {...form.getInputProps('origineId')}
        />
        <Select
          label={texts.typeContact}
          data={optionsOf(typesContact)}
          {...optional}
          {...form.getInputProps('typeContactId')}
        />
        <Select
          label={texts.typeAction}
          data={optionsOf(typesAction)}
          {...optional}
          {...form.getInputProps('typeActionId')}
        />
      </SimpleGrid>
      <Switch
        label={texts.consent}
        description={texts.consentAbout}
        {...form.getInputProps('consentRequired', { type: 'checkbox' })}
      />
      {channel === 'form' && <FormChannelFields form={form} />}
      {channel === 'meta' && <MetaFields form={form} isNew={isNew} />}
      {channel !== 'file' && (
        <NumberInput
          label={texts.rate}
          min={1}
          max={999_999}
          allowDecimal={false}
          maw={200}
          {...form.getInputProps('rateLimit')}
        />
      )}
    </>
  );
}
