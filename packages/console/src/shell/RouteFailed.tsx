import { Alert, Button, Center } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { useErrorTexts } from '../components/useErrorText.ts';

/** A screen that broke, or whose code is gone since a new version was installed. */
export function RouteFailed() {
  const texts = useErrorTexts();
  return (
    <Center mih="60dvh" p="md">
      <Alert role="alert" color="red" icon={<IconAlertTriangle />} title={texts.pageFailed}>
        <Button variant="default" mt="xs" onClick={() => location.reload()}>
          {texts.reload}
        </Button>
      </Alert>
    </Center>
  );
}
