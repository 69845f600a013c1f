import { Gauge, Registry } from 'prom-client';
import type { Sight, Watched } from './watch.ts';

/** The figures of an installation, as Prometheus reads them. */
export function figuresText(sight: Sight): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labels: readonly string[] = []) =>
    new Gauge({
      name,
      help,
      labelNames: ['database', 'environment', ...labels],
      registers: [registry],
    });
  new Gauge({
    name: 'relais_catalog_up',
    help: '1 when the catalog answers, 0 when it does not.',
    registers: [registry],
  }).set(Number(sight.catalogUp));
  const up = gauge('relais_database_up', '1 when the CRM database answers, 0 when it does not.');
  const held = gauge('relais_pulls_held', '1 while pulls wait, such as after a restore.');
  const ready = gauge(
    'relais_ready',
    'Contacts that stand ready in a statut that a key pulls from, counted to 100,000 a region.',
    ['statut'],
  );
  const oldest = gauge(
    'relais_ready_oldest_seconds',
    'For how long the oldest of them has been ready.',
    ['statut'],
  );
  const unreached = gauge('relais_ready_unreached', 'Those of them that no valid key can pull.');
  const lastPull = gauge(
    'relais_key_last_pull_seconds',
    'Time since a valid key last pulled, or since it was made.',
    ['key', 'client'],
  );
  const silentClients = gauge(
    'relais_silent_clients',
    'Clients that pulled nothing for 24 hours though contacts were ready for them.',
  );
  const silentSources = gauge(
    'relais_silent_sources',
    'Sources without a lead for three times their usual gap, and a day at least.',
  );
  const quarantine = gauge('relais_quarantine', 'Leads that wait for an operator.');
  const quarantineAge = gauge(
    'relais_quarantine_oldest_seconds',
    'For how long the oldest of them waits.',
  );
  const jobs = gauge(
    'relais_jobs',
    'Jobs: queued, running, overdue (nobody works on them), failed in the last 24 hours.',
    ['state'],
  );
  const uncertain = gauge(
    'relais_pulls_uncertain',
    'Pulls of the last 7 days whose answer may not have arrived.',
  );
  const leads = gauge(
    'relais_leads_last_hour',
    'Leads of the last hour by every door, by what has become of them.',
    ['outcome'],
  );

  const show = ({ database, figures }: Watched) => {
    const at = { database: database.nom, environment: database.environment };
    up.set(at, Number(figures !== undefined));
    if (!figures) return;
    held.set(at, Number(figures.held));
    for (const [statut, own] of Map.groupBy(figures.lanes, (lane) => lane.statut)) {
      ready.set({ ...at, statut }, sum(own.map((lane) => lane.ready)));
      oldest.set({ ...at, statut }, Math.max(...own.map((lane) => lane.oldest_seconds)));
    }
    const cut = figures.lanes.filter((lane) => !lane.reached);
    unreached.set(at, sum(cut.map((lane) => lane.ready)));
    for (const { key_id: key, client_id: client, seconds } of figures.keys) {
      lastPull.set({ ...at, key, client }, seconds);
    }
    silentClients.set(at, figures.silentClients);
    silentSources.set(at, figures.silentSources);
    const { total, oldest_received_at } = figures.quarantine;
    quarantine.set(at, total);
    const waits = oldest_received_at ? Date.now() - oldest_received_at.getTime() : 0;
    quarantineAge.set(at, Math.max(0, waits / 1000));
    for (const [state, count] of Object.entries(figures.jobs)) jobs.set({ ...at, state }, count);
    uncertain.set(at, figures.uncertain);
    for (const { outcome, leads: count } of figures.leads) leads.set({ ...at, outcome }, count);
  };
  for (const watched of sight.databases) show(watched);
  return registry.metrics();
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
