import { Text } from '@mantine/core';
import { Section } from '../../components/Section.tsx';
import { When } from '../../components/When.tsx';
import { useFormats } from '../../texts/useFormats.ts';
import { useMetaProblem } from '../sources/useMetaProblem.ts';
import { listAddress } from './addresses.ts';
import type { Figures } from './figures.ts';
import { Matter, Matters } from './Matters.tsx';
import classes from './Today.module.css';
import { useTexts } from './useTexts.ts';

/** What may be amiss, each with why and where it is put right. */
export function Watch({ figures }: { readonly figures: Figures }) {
  const texts = useTexts().watch;
  const { source_problems, silent_clients, keys, silent_sources, uncertain_pulls } = figures;
  const isCalm =
    source_problems.length + silent_clients.length + keys.length + silent_sources.length === 0 &&
    uncertain_pulls.total === 0;
  return (
    <Section title={texts.title}>
      {isCalm ? (
        <Text fz="sm" c="dimmed">
          {texts.calm}
        </Text>
      ) : (
        <div className={classes.watch}>
          <Problems figures={figures} />
          <SilentClients figures={figures} />
          <Keys figures={figures} />
          <SilentSources figures={figures} />
          <UncertainPulls figures={figures} />
        </div>
      )}
    </Section>
  );
}

interface Part {
  readonly figures: Figures;
}

function Problems({ figures: { source_problems } }: Part) {
  const texts = useTexts().watch;
  const textOf = useMetaProblem();
  return (
    <Matters count={source_problems.length} title={texts.problems}>
      {source_problems.map(({ source, problem }) => (
        <Matter key={source} name={source} to={sourceAddress(source)}>
          {textOf(problem)}
        </Matter>
      ))}
    </Matters>
  );
}

function SilentClients({ figures: { silent_clients } }: Part) {
  const texts = useTexts().watch;
  return (
    <Matters
      count={silent_clients.length}
      title={texts.silentClients}
      about={texts.silentClientsAbout}
    >
      {silent_clients.map((client) => (
        <Matter key={client.client_id} name={client.client_nom} to={`/clients/${client.client_id}`}>
          {texts.readySince(client.ready)}, {texts.oldest} <When at={client.oldest_ready_at} /> ·{' '}
          <Last at={client.last_pulled_at} name={texts.lastPull} never={texts.neverPulled} /> ·{' '}
          <Last at={client.last_used_at} name={texts.lastUse} never={texts.neverCalled} />
        </Matter>
      ))}
    </Matters>
  );
}

function Keys({ figures: { keys } }: Part) {
  const texts = useTexts().watch;
  return (
    <Matters count={keys.length} title={texts.keys}>
      {keys.map(({ key_id, client_id, client_nom, expires_at, exposed_at }) => (
        <Matter
          key={key_id}
          name={texts.keyOf(client_nom)}
          to={listAddress(`/clients/${client_id}`, { selected: key_id })}
        >
          {exposed_at && (
            <>
              {texts.exposed} <When at={exposed_at} />, {texts.exposedAbout}
            </>
          )}
          {exposed_at && expires_at && ' · '}
          {expires_at && (
            <>
              {texts.expires} <When at={expires_at} />
            </>
          )}
        </Matter>
      ))}
    </Matters>
  );
}

function SilentSources({ figures: { silent_sources } }: Part) {
  const texts = useTexts().watch;
  const { span } = useFormats();
  return (
    <Matters count={silent_sources.length} title={texts.silentSources}>
      {silent_sources.map(({ source, last_lead_at, usual_gap_seconds }) => (
        <Matter key={source} name={source} to={sourceAddress(source)}>
          {texts.lastLead} <When at={last_lead_at} /> · {texts.usual(span(usual_gap_seconds))}
        </Matter>
      ))}
    </Matters>
  );
}

const SHOWN = 3;

function UncertainPulls({ figures: { uncertain_pulls } }: Part) {
  const texts = useTexts().watch;
  const others = uncertain_pulls.total - SHOWN;
  return (
    <Matters count={uncertain_pulls.total} title={texts.uncertain} about={texts.uncertainAbout}>
      {uncertain_pulls.items.slice(0, SHOWN).map((pull) => (
        <Matter
          key={pull.pull_id}
          name={texts.pull(pull.client_nom, pull.seq)}
          to={listAddress('/pulls', { selected: pull.pull_id })}
        >
          {texts.contacts(pull.contacts)} · <When at={pull.pulled_at} />
        </Matter>
      ))}
      {others > 0 && (
        <Matter
          name={texts.others(others)}
          to={listAddress('/pulls', { period: '7d', state: 'uncertain' })}
        />
      )}
    </Matters>
  );
}

const sourceAddress = (source: string) => `/sources/${encodeURIComponent(source)}`;

interface LastProps {
  readonly at: string | null;
  readonly name: string;
  readonly never: string;
}

const Last = ({ at, name, never }: LastProps) =>
  at === null ? (
    never
  ) : (
    <>
      {name} <When at={at} />
    </>
  );
