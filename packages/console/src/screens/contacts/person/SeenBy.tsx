import { Button } from '@mantine/core';
import IconEye from '@tabler/icons-react/icons/IconEye';
import { Link } from 'react-router';
import { useSession } from '../../../shell/session.ts';
import { useTexts } from '../useTexts.ts';

/** Leads to what the audit has of a person, for those who may read it. */
export function SeenBy({ prospectId }: { readonly prospectId: number }) {
  const texts = useTexts().person;
  const { can } = useSession();
  if (!can('admin', 'dpo')) return null;
  return (
    <Button
      component={Link}
      to={`/audit?prospectId=${prospectId}`}
      variant="default"
      leftSection={<IconEye size={16} />}
    >
      {texts.seenBy}
    </Button>
  );
}
