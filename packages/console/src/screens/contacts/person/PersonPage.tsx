import { Button, Skeleton } from '@mantine/core';
import IconUserQuestion from '@tabler/icons-react/icons/IconUserQuestion';
import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { useOperation } from '../../../api/useOperation.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Page } from '../../../components/Page.tsx';
import { When } from '../../../components/When.tsx';
import { useSession } from '../../../shell/session.ts';
import { listAddress } from '../list/listAddress.ts';
import { useNameOf } from '../useNameOf.ts';
import { useTexts } from '../useTexts.ts';
import { Actions } from './Actions.tsx';
import { Consents } from './Consents.tsx';
import { Correct } from './Correct.tsx';
import { Erase } from './Erase.tsx';
import { Identity } from './Identity.tsx';
import classes from './Person.module.css';
import type { Person } from './person.ts';
import { Received } from './Received.tsx';
import { SeenBy } from './SeenBy.tsx';
import { Timeline } from './Timeline.tsx';

/** One person: who received what and when comes first, then all that is known. */
export function PersonPage() {
  const texts = useTexts();
  const { prospect = '' } = useParams();
  const id = /^[1-9]\d{0,14}$/.test(prospect) ? Number(prospect) : undefined;
  const { data, error, refetch } = useOperation(
    'getProspect',
    { prospectId: id ?? 0 },
    { enabled: id !== undefined },
  );
  useFocusKept(data?.prospect);
  if (id === undefined || error?.is('record_not_found')) return <Unknown />;
  if (data?.prospect.erased_at) return <Erased person={data} at={data.prospect.erased_at} />;
  if (data) return <Known person={data} />;
  return (
    <Page title={texts.person.number(id)} trail={[{ title: texts.title, to: listAddress() }]}>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height={240} radius="md" />
      )}
    </Page>
  );
}

/** Where a person is erased, what had the keyboard goes with their details: it stays on the page. */
function useFocusKept(prospect: Person['prospect'] | undefined) {
  const shown = useRef<number>(undefined);
  const id = prospect?.prospect_id;
  const erased = Boolean(prospect?.erased_at);
  useEffect(() => {
    const isGone = document.activeElement === document.body;
    if (erased && shown.current === id && isGone) document.getElementById('content')?.focus();
    shown.current = erased ? undefined : id;
  }, [id, erased]);
}

function Known({ person }: { readonly person: Person }) {
  const texts = useTexts();
  const { can } = useSession();
  const name = useNameOf()(person.prospect);
  return (
    <Page
      title={name}
      about={texts.person.number(person.prospect.prospect_id)}
      trail={[{ title: texts.title, to: listAddress() }]}
      actions={
        <>
          <SeenBy prospectId={person.prospect.prospect_id} />
          {can('admin', 'dpo') && <Erase person={person} />}
          {can('admin', 'operateur') && <Correct person={person.prospect} />}
        </>
      }
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          <Received received={person.received} actions={person.actions} />
          <Actions actions={person.actions} />
          <Timeline events={person.timeline} />
        </div>
        <div className={classes.side}>
          <Identity person={person} />
          <Consents consents={person.consents} />
        </div>
      </div>
    </Page>
  );
}

/** What is left: who received what, and has to be told, and what happened. */
function Erased({ person, at }: { readonly person: Person; readonly at: string }) {
  const texts = useTexts();
  const { title, since } = texts.person.erased;
  const id = person.prospect.prospect_id;
  const number = texts.person.number(id);
  return (
    <Page
      title={title}
      about={
        <>
          {number} · {since} <When at={at} as="minute" />
        </>
      }
      trail={[{ title: texts.title, to: listAddress() }]}
      actions={<SeenBy prospectId={id} />}
    >
      <div className={classes.main}>
        <Received received={person.received} actions={person.actions} />
        <Actions actions={person.actions} />
        <Timeline events={person.timeline} />
      </div>
    </Page>
  );
}

function Unknown() {
  const texts = useTexts();
  const { title, text, back } = texts.person.unknown;
  return (
    <Page title={title} trail={[{ title: texts.title, to: listAddress() }]}>
      <EmptyState
        icon={IconUserQuestion}
        title={title}
        text={text}
        action={
          <Button component={Link} to={listAddress()} variant="default">
            {back}
          </Button>
        }
      />
    </Page>
  );
}
