import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { RankedBars } from '../../components/charts/RankedBars.tsx';
import { TimeChart } from '../../components/charts/TimeChart.tsx';
import { useReasonTexts } from '../../components/ReasonBadge.tsx';
import { Section } from '../../components/Section.tsx';
import { listAddress, oneDay } from './addresses.ts';
import type { Figures } from './figures.ts';
import classes from './Today.module.css';
import { useReadyStatuts } from './useReadyStatuts.ts';
import { useTexts } from './useTexts.ts';

const period = '30d';

/** What came in and went out day by day, and where most of it is. */
export function Charts({ figures }: { readonly figures: Figures }) {
  const texts = useTexts().charts;
  const reasonTexts = useReasonTexts();
  const statutIds = useReadyStatuts();
  const navigate = useNavigate();
  const { leads, pulled, ready, quarantine } = figures;
  const openDay = (path: string) => (day: string) =>
    void navigate(listAddress(path, { period: oneDay(day) }));
  return (
    <div className={classes.charts}>
      <Section title={texts.leads} about={texts.hint} actions={<ToList to="/contacts" />}>
        <TimeChart
          label={texts.leads}
          series={[
            { name: 'accepted', label: texts.accepted },
            { name: 'merged', label: texts.merged },
            { name: 'quarantined', label: texts.quarantined },
          ]}
          days={leads.days}
          stacked
          onDay={openDay('/contacts')}
        />
      </Section>
      <Section title={texts.pulled} about={texts.hint} actions={<ToList to="/pulls" />}>
        <TimeChart
          label={texts.pulled}
          series={[
            { name: 'kept', label: texts.kept },
            { name: 'released', label: texts.released },
          ]}
          days={pulled.days.map(({ day, contacts, released }) => ({
            ...{ day, released },
            kept: contacts - released,
          }))}
          stacked
          onDay={openDay('/pulls')}
        />
      </Section>
      <Ranking
        title={texts.regions}
        none={texts.noRegions}
        rows={ready.regions.map((region) => ({
          ...{ id: region.region_id, name: region.region_nom, count: region.ready },
          to: listAddress('/contacts', {
            ...{ statutIds, regionIds: [region.region_id], sort: 'longest_ready' },
          }),
        }))}
      />
      <Ranking
        title={texts.reasons}
        none={texts.noReasons}
        rows={quarantine.reasons.map(({ code, leads: count }) => ({
          ...{ id: code, name: reasonTexts[code].name, count },
          to: listAddress('/quarantine', { reasons: [code] }),
        }))}
      />
      <Ranking
        title={texts.programmes}
        none={texts.noProgrammes}
        rows={leads.programmes.map(({ programme_id, programme_nom, region_nom, actions }) => ({
          ...{ id: programme_id, name: programme_nom, count: actions, note: region_nom },
          to: listAddress('/contacts', { programmeIds: [programme_id], period }),
        }))}
      />
      <Ranking
        title={texts.sources}
        none={texts.noSources}
        rows={leads.sources.map(({ source, leads: count, quarantined }) => ({
          ...{ id: source, name: source, count },
          to: listAddress('/contacts', { sources: [source], period }),
          note: quarantined > 0 && (
            <Anchor
              component={Link}
              to={listAddress('/quarantine', { sources: [source] })}
              inherit
              c="dimmed"
            >
              {texts.waiting(quarantined)}
            </Anchor>
          ),
        }))}
      />
    </div>
  );
}

function ToList({ to }: { readonly to: string }) {
  const texts = useTexts().charts;
  return (
    <Anchor component={Link} to={listAddress(to, { period })} fz="sm">
      {texts.list}
    </Anchor>
  );
}

interface RankingProps {
  readonly title: string;
  /** What it says when there is nothing. */
  readonly none: string;
  readonly rows: readonly {
    readonly id: string | number;
    readonly name: string;
    readonly count: number;
    readonly to: string;
    readonly note?: ReactNode;
  }[];
}

function Ranking({ title, none, rows }: RankingProps) {
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <RankedBars
          label={title}
          rows={rows.map(({ name, to, note, ...row }) => ({
            ...row,
            name: (
              <>
                <Anchor component={Link} to={to} inherit>
                  {name}
                </Anchor>
                {note && (
                  <Text span inherit c="dimmed">
                    {' · '}
                    {note}
                  </Text>
                )}
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
