import { MultiSelect, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useOperation } from '../../../api/useOperation.ts';
import { useNoChoice } from '../../../components/useNoChoice.ts';
import { byNom } from '../../../lib/byNom.ts';
import { useTexts } from '../useTexts.ts';
import { AllOrSome } from './AllOrSome.tsx';
import { keyOperations, optionsOf } from './keyForm.ts';
import type { KeyForm } from './useKeyForm.ts';

/** More than these, and the list can be searched. */
const FEW = 8;

/** What a key is mapped to: regions, statuts, operations, addresses, expiry. */
export function KeyFields({ form }: { readonly form: KeyForm }) {
  const texts = useTexts().form;
  const regions = useOperation('listRegions', {}).data?.items;
  const listed = useOperation('listDesignations', { list: 'statuts' }).data?.items;
  const statuts = optionsOf(listed);
  const noChoice = useNoChoice();
  const regionOptions =
    regions?.toSorted(byNom).map(({ id, nom }) => ({ value: String(id), label: nom })) ?? [];
  const { regionIds, operations } = form.values;
  return (
    <>
      <AllOrSome
        label={texts.regions}
        all={texts.allRegions}
        some={texts.someRegions}
        {...form.getInputProps('regionsOf')}
      >
        <MultiSelect
          aria-label={texts.someRegions}
          placeholder={regionIds.length === 0 ? texts.choose : ''}
          data={regionOptions}
          searchable
          {...noChoice(regions)}
          {...form.getInputProps('regionIds')}
          value={[...regionIds]}
        />
      </AllOrSome>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={texts.ready}
          description={texts.readyAbout}
          placeholder={texts.choose}
          data={statuts}
          searchable={statuts.length > FEW}
          withAsterisk
          {...noChoice(listed)}
          {...form.getInputProps('readyStatutId')}
        />
        <Select
          label={texts.pulled}
          description={texts.pulledAbout}
          placeholder={texts.choose}
          data={statuts}
          searchable={statuts.length > FEW}
          withAsterisk
          {...noChoice(listed)}
          {...form.getInputProps('pulledStatutId')}
        />
      </SimpleGrid>
      <AllOrSome
        label={texts.operations}
        all={texts.allOperations}
        some={texts.someOperations}
        {...form.getInputProps('operationsOf')}
      >
        <MultiSelect
          aria-label={texts.someOperations}
          placeholder={operations.length === 0 ? texts.choose : ''}
          data={keyOperations}
          {...form.getInputProps('operations')}
          value={[...operations]}
        />
      </AllOrSome>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Textarea
          label={texts.ipRanges}
          description={texts.ipRangesAbout}
          placeholder="203.0.113.7"
          autosize
          minRows={2}
          maxRows={6}
          spellCheck={false}
          {...form.getInputProps('ipRanges')}
        />
        <TextInput
          type="datetime-local"
          label={texts.expiresAt}
          description={texts.expiresAtAbout}
          {...form.getInputProps('expiresAt')}
        />
      </SimpleGrid>
    </>
  );
}
