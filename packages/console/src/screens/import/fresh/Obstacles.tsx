import { Alert, Anchor, Text } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import { Link } from 'react-router';
import type { Answer } from '../../../api/call.ts';
import { useErrorTexts } from '../../../components/useErrorText.ts';
import { useTexts } from '../useTexts.ts';

/** What keeps a file from being imported, and the import of the same file before. */
export function Obstacles({ preview }: { readonly preview: Answer<'previewImport'> }) {
  const texts = useTexts().fresh;
  const { said } = useErrorTexts();
  const { problem, earlier, columns } = preview;
  const tellsContact = columns.some(({ use }) => use === 'telephone' || use === 'email');
  return (
    <>
      {problem !== null && (
        <Alert
          role="alert"
          color="red"
          variant="light"
          p="sm"
          icon={<IconAlertTriangle />}
          title={texts.problem}
        >
          <Text fz="sm">{tellsContact ? (said(problem) ?? problem) : texts.noContactColumn}</Text>
          <Text fz="sm">{texts.problemHint}</Text>
        </Alert>
      )}
      {earlier && (
        <Alert
          color="yellow"
          variant="light"
          p="sm"
          icon={<IconAlertTriangle />}
          title={texts.earlier[earlier.state]}
        >
          <Text fz="sm">
            {texts.earlier[`${earlier.state}Text`]}{' '}
            <Anchor component={Link} to={`/import/${earlier.import_id}`} inherit>
              {texts.earlier.open}
            </Anchor>
          </Text>
        </Alert>
      )}
    </>
  );
}
