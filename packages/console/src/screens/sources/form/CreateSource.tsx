import { Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { changedBySource, channels } from '../source.ts';
import { IssuedToken } from '../token/IssuedToken.tsx';
import { useTexts } from '../useTexts.ts';
import { SourceFields } from './SourceFields.tsx';
import { created, emptyValues, idOf } from './sourceForm.ts';
import { useSourceForm } from './useSourceForm.ts';

/** A new source; its token is shown once, with what to paste where. */
export function CreateSource({ onClose }: { readonly onClose: () => void }) {
  const texts = useTexts();
  const navigate = useNavigate();
  const { form, refuse, unplaced } = useSourceForm(emptyValues, true);
  const create = useChange('createSource', {
    invalidates: changedBySource,
    tellsRefusal: false,
    onDone: ({ nom, token }) => {
      if (token === null) void navigate(`/sources/${nom}`);
    },
  });
  const { channel, honeypot, programmeId } = form.values;
  if (create.data?.token) {
    const { nom, token, address } = create.data;
    return (
      <IssuedToken
        source={{ nom, channel, address, honeypot, programme_id: idOf(programmeId) }}
        token={token}
        onDone={() => void navigate(`/sources/${nom}`)}
      />
    );
  }
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.form.createTitle}
      verb={texts.form.createVerb}
      size="lg"
      pending={create.isPending}
      error={unplaced(create.error)}
      onSubmit={form.onSubmit((values) => create.mutate(created(values), { onError: refuse }))}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={texts.form.nom}
          description={texts.form.nomAbout}
          placeholder="site-web"
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          withAsterisk
          data-autofocus
          {...form.getInputProps('nom')}
        />
        <Select
          label={texts.form.channel}
          description={texts.channelsAbout[channel]}
          data={channels.map((value) => ({ value, label: texts.channels[value] }))}
          renderOption={({ option }) => <ChannelOption value={option.value} />}
          allowDeselect={false}
          withAsterisk
          {...form.getInputProps('channel')}
        />
      </SimpleGrid>
      <SourceFields form={form} isNew />
    </FormModal>
  );
}

function ChannelOption({ value }: { readonly value: string }) {
  const texts = useTexts();
  const channel = channels.find((one) => one === value);
  if (!channel) return null;
  return (
    <div>
      <Text fz="sm">{texts.channels[channel]}</Text>
      <Text fz="xs" c="dimmed">
        {texts.channelsAbout[channel]}
      </Text>
    </div>
  );
}
