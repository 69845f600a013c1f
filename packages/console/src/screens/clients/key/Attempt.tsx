import { Alert, Button, Code, Stack, Text, Title } from '@mantine/core';
import IconPlayerPlay from '@tabler/icons-react/icons/IconPlayerPlay';
import { useChange } from '../../../api/useChange.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';

/**
 * Tries a key: what a client would get with it now, and why that is nothing if it is. Only when it
 * is asked for, since it shows a person and the audit notes who looked.
 */
export function Attempt({ apiKey }: { readonly apiKey: Key }) {
  const { attempt: texts, key } = useTexts();
  const attempt = useChange('tryKey', { tellsRefusal: false, repeatable: true });
  const { data } = attempt;
  return (
    <Stack gap="xs" component="section" aria-label={texts.title}>
      <div>
        <Title order={3}>{texts.title}</Title>
        <Text fz="sm" c="dimmed">
          {texts.about}
        </Text>
      </div>
      {attempt.error && <ErrorState error={attempt.error} />}
      {data && (
        <Stack gap="xs" role="status">
          {data.problems.length === 0 ? (
            <Alert color="accent" variant="light" p="sm" title={texts.fine}>
              {texts.ready(data.ready, data.more)}
            </Alert>
          ) : (
            <Alert color="yellow" variant="light" p="sm" title={texts.blocked}>
              {data.problems.map(({ code }) => (
                <div key={code}>{texts.problems[code]}</div>
              ))}
              {data.ready > 0 && <div>{texts.ready(data.ready, data.more)}</div>}
            </Alert>
          )}
          {data.oldest && (
            <>
              <Text fz="sm">{texts.first}</Text>
              <Code
                block
                tabIndex={0}
                aria-label={texts.first}
                style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
              >
                {JSON.stringify(data.oldest, null, 2)}
              </Code>
            </>
          )}
        </Stack>
      )}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          loading={attempt.isPending}
          onClick={() => attempt.mutate({ id: apiKey.id })}
        >
          {data ? texts.again : key.try}
        </Button>
      </div>
    </Stack>
  );
}
