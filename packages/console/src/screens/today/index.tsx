import { Skeleton } from '@mantine/core';
import { useOperation } from '../../api/useOperation.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { When } from '../../components/When.tsx';
import { Charts } from './Charts.tsx';
import { Glance } from './Glance.tsx';
import { Held } from './Held.tsx';
import { NoLeads } from './NoLeads.tsx';
import classes from './Today.module.css';
import { useTexts } from './useTexts.ts';
import { Watch } from './Watch.tsx';

const HALF_A_MINUTE = 30_000;

/** What there is to look at in the morning. Every number leads to the list behind it. */
export function Component() {
  const texts = useTexts();
  const { data, error, refetch } = useOperation('getToday', {}, { every: HALF_A_MINUTE });
  const isEmpty =
    data?.ready.total === 0 && data.quarantine.total === 0 && data.leads.sources.length === 0;
  return (
    <Page
      title={texts.title}
      about={
        data && (
          <>
            {texts.updated} <When at={data.at} as="minute" />
          </>
        )
      }
    >
      <div className={classes.screen}>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={420} radius="md" />}
        {data && (
          <>
            <Held figures={data} />
            <Glance figures={data} />
            {isEmpty && <NoLeads />}
            <Watch figures={data} />
            <Charts figures={data} />
          </>
        )}
      </div>
    </Page>
  );
}
