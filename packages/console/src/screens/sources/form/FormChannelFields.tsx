import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTexts } from '../useTexts.ts';
import type { SourceForm } from './useSourceForm.ts';

/** What only a form of a web page has. */
export function FormChannelFields({ form }: { readonly form: SourceForm }) {
  const texts = useTexts().rules;
  return (
    <>
      <Textarea
        label={texts.origins}
        description={texts.originsAbout}
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        {...form.getInputProps('origins')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={texts.redirect}
          description={texts.redirectAbout}
          type="url"
          {...form.getInputProps('redirectUrl')}
        />
        <TextInput
          label={texts.honeypot}
          description={texts.honeypotAbout}
          maxLength={100}
          spellCheck={false}
          {...form.getInputProps('honeypot')}
        />
      </SimpleGrid>
    </>
  );
}
