import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Answer } from '../../api/call.ts';
import { useChange } from '../../api/useChange.ts';
import { CopyOnce } from '../../components/CopyOnce.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useComponentTexts } from '../../components/useComponentTexts.ts';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { QrCode } from './QrCode.tsx';

interface EnrolmentProps {
  readonly secret: Answer<'beginTwoFactor'>;
  /** It is on, or given up. */
  readonly onDone: () => void;
}

/** The secret goes into the app, a code comes back, and the recovery codes are shown once. */
export function Enrolment({ secret, onDone }: EnrolmentProps) {
  const texts = useAccountTexts().twoFactor;
  const { cancel } = useComponentTexts();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: {
      code: (code) => (/^\d{6}$/.test(code.replace(/\s/g, '')) ? null : texts.codeRule),
    },
  });
  const confirm = useChange('confirmTwoFactor', {
    invalidates: ['getSession', 'listSessions'],
    tellsRefusal: false,
  });
  if (confirm.data) {
    return (
      <Stack gap="sm">
        <Text fz="sm">{texts.codesText}</Text>
        <CopyOnce
          label={texts.codes}
          secret={confirm.data.recovery_codes.join('\n')}
          onDone={onDone}
        />
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit(({ code }) => confirm.mutate({ code }))} noValidate>
      <Stack gap="sm">
        <Text fz="sm">{texts.scan}</Text>
        <QrCode text={secret.uri} label={texts.qr} />
        <Text fz="sm" c="dimmed">
          {texts.secret}{' '}
          <Text span ff="monospace" c="var(--mantine-color-text)" style={{ userSelect: 'all' }}>
            {secret.secret.match(/.{1,4}/g)?.join(' ')}
          </Text>
        </Text>
        <TextInput
          label={texts.code}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={12}
          maw={260}
          autoFocus
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        {confirm.error && <ErrorState error={confirm.error} />}
        <Group gap="xs">
          <Button type="submit" loading={confirm.isPending}>
            {texts.confirm}
          </Button>
          <Button variant="default" onClick={onDone}>
            {cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
