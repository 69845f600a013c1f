import { Button } from '@mantine/core';
import type { Job } from '@relais/contract';
import { Link } from 'react-router';
import { useSession } from '../../shell/session.ts';
import { useJobTexts } from './useJobTexts.ts';

/** Leads to the import that a job does or takes back; nothing for others. */
export function OpenImport({ job }: { readonly job: Pick<Job, 'import_id'> }) {
  const texts = useJobTexts();
  const { can } = useSession();
  if (job.import_id === null || !can('admin', 'operateur')) return null;
  return (
    <Button component={Link} to={`/import/${job.import_id}`} variant="default">
      {texts.openImport}
    </Button>
  );
}
