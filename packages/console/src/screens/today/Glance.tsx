import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { When } from '../../components/When.tsx';
import { useFormats } from '../../texts/useFormats.ts';
import { listAddress, oneDay } from './addresses.ts';
import type { Figures } from './figures.ts';
import classes from './Today.module.css';
import { useReadyStatuts } from './useReadyStatuts.ts';
import { useTexts } from './useTexts.ts';

/** The numbers of now and of today; each is a link to what it counts. */
export function Glance({ figures }: { readonly figures: Figures }) {
  const texts = useTexts().figures;
  const statutIds = useReadyStatuts();
  const { ready, leads, pulled, quarantine, uncertain_pulls } = figures;
  const came = leads.days.at(-1);
  const went = pulled.days.at(-1);
  const since = (name: string, at: string) => (
    <>
      {name} <When at={at} />
    </>
  );
  return (
    <ul className={classes.glance} aria-label={texts.label}>
      <Figure
        name={texts.ready}
        value={ready.total}
        to={listAddress('/contacts', { statutIds, sort: 'longest_ready' })}
        note={
          ready.oldest_ready_at ? since(texts.oldestReady, ready.oldest_ready_at) : texts.noneReady
        }
      />
      <Figure
        name={texts.quarantine}
        value={quarantine.total}
        to="/quarantine"
        note={
          quarantine.oldest_received_at
            ? since(texts.oldestWaiting, quarantine.oldest_received_at)
            : texts.nothingWaits
        }
      />
      <Figure
        name={texts.accepted}
        value={came?.accepted ?? 0}
        to={listAddress('/contacts', { period: came ? oneDay(came.day) : 'today' })}
        note={texts.merged(came?.merged ?? 0)}
      />
      <Figure
        name={texts.pulled}
        value={went?.contacts ?? 0}
        to={listAddress('/pulls', { period: went ? oneDay(went.day) : 'today' })}
        note={texts.released(went?.released ?? 0)}
      />
      <Figure
        name={texts.uncertain}
        value={uncertain_pulls.total}
        to={listAddress('/pulls', { period: '7d', state: 'uncertain' })}
        note={texts.sevenDays}
      />
    </ul>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number;
  readonly to: string;
  readonly note: ReactNode;
}

function Figure({ name, value, to, note }: FigureProps) {
  const { number } = useFormats();
  return (
    <li>
      <Link to={to} className={classes.figure}>
        <span className={classes.name}>{name}</span>
        <span className={classes.value}>{number(value)}</span>
        <span className={classes.note}>{note}</span>
      </Link>
    </li>
  );
}
