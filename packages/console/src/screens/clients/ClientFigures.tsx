import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { When } from '../../components/When.tsx';
import type { Client } from './client.ts';
import { useTexts } from './useTexts.ts';

/** What a client has received and could receive, in one line. */
export function ClientFigures({ client }: { readonly client: Client }) {
  const texts = useTexts().client;
  return (
    <>
      {texts.ready(client.ready, client.ready_more)} ·{' '}
      {client.last_pulled_at ? (
        <>
          {texts.lastPull} <When at={client.last_pulled_at} />
        </>
      ) : (
        texts.neverPulled
      )}{' '}
      ·{' '}
      <Anchor
        component={Link}
        to={`/pulls?clientIds=${client.id}&period=30d`}
        inherit
        underline="always"
      >
        {texts.month(client.pulls, client.contacts)}
      </Anchor>
    </>
  );
}
