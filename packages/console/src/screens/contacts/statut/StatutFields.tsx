import { Select, Textarea } from '@mantine/core';
import { useOperation } from '../../../api/useOperation.ts';
import { useTexts } from '../useTexts.ts';
import type { StatutForm } from './useStatutForm.ts';

interface StatutFieldsProps {
  readonly form: StatutForm;
  readonly options: { value: string; label: string }[];
}

export function StatutFields({ form, options }: StatutFieldsProps) {
  const texts = useTexts().statut;
  // Whether clients pull from a statut is asked for as it is now: a key may have come meanwhile.
  useOperation('listFilters', {}, { fresh: 0 });
  const { key: statutKey, ...statut } = form.statutProps;
  const { key: reasonKey, ...reason } = form.reasonProps;
  return (
    <>
      <Select
        key={statutKey}
        label={texts.next}
        placeholder={texts.choose}
        data={options}
        searchable={options.length > 8}
        withAsterisk
        data-autofocus
        {...statut}
      />
      <Textarea
        key={reasonKey}
        label={texts.reason}
        description={texts.reasonRule}
        maxLength={500}
        autosize
        minRows={2}
        withAsterisk
        {...reason}
      />
    </>
  );
}
