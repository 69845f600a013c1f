import type { CrmDatabase } from '../installation/databases.ts';
import { unusedKeys } from '../store/examine.ts';
import { findHold, type Hold } from '../store/hold.ts';
import { type KeySummary, listKeys } from '../store/keySummaries.ts';
import { readConsistently } from '../store/snapshot.ts';
import { listSources, type SourceSummary } from '../store/sourceSummaries.ts';
import { countQuarantine, silentSources } from '../store/today/alerts.ts';
import { silentClients } from '../store/today/ready.ts';
import { countUncertain, type WatchedLane, watchedJobs, watchedLanes } from '../store/watching.ts';
import { plural } from '../text/plural.ts';
import { type Finding, findingsOf, lasting } from './finding.ts';

const DAY = 86_400;
/** How long something may wait before it is told of, seconds. */
const LONG = DAY;
/** A key that is this old and was never used may never have arrived. */
const UNUSED_DAYS = 7;
const EXPIRES_DAYS = 14;

type Says = ReturnType<typeof findingsOf>;

/** Looks at the daily life of a CRM database: keys, clients, sources, jobs, what waits. */
export const checkCrm = (database: CrmDatabase): Promise<Finding[]> =>
  readConsistently(database.db, async (trx) => {
    const says = findingsOf(database.nom);
    const lanes = await watchedLanes(trx);
    const clients = await silentClients(trx, lanes);
    const silent = await silentSources(trx);
    return [
      ...checkHold(says, database.nom, await findHold(trx)),
      ...checkKeys(says, await listKeys(trx), await unusedKeys(trx, UNUSED_DAYS)),
      ...checkReady(says, lanes),
      ...clients.map(({ client_nom, ready, last_pulled_at }) =>
        says.warning(
          `${client_nom} ${last_pulled_at ? `has pulled nothing for ${lasting(age(last_pulled_at))}` : 'has never pulled'}, and ${plural(ready, 'contact')} wait for them`,
          'Ask them; the console shows under Clients when their key was last used.',
        ),
      ),
      ...checkSources(says, await listSources(trx)),
      ...silent.map(({ source, last_lead_at, usual_gap_seconds }) =>
        says.warning(
          `the source ${source} has brought no lead for ${lasting(age(last_lead_at))}; usually one comes every ${lasting(usual_gap_seconds)}`,
          'Try the form or the ad account; pause the source if it has ended.',
        ),
      ),
      ...checkJobs(says, await watchedJobs(trx)),
      ...checkQuarantine(says, await countQuarantine(trx)),
      ...checkUncertain(says, await countUncertain(trx)),
    ];
  });

const age = (time: Date): number => Math.max(0, (Date.now() - time.getTime()) / 1000);
const inDays = (time: Date): number => (time.getTime() - Date.now()) / 1000 / DAY;

function checkHold({ fault }: Says, nom: string, held: Hold | undefined): Finding[] {
  if (!held) return [];
  return [
    fault(
      `pulls wait, for ${lasting(age(held.since))}: ${held.reason}`,
      `Mark what clients have, then: relais hold end ${nom} --reason … (docs/operate.md, "After a restore")`,
    ),
  ];
}

function checkKeys(
  { ok, warning }: Says,
  keys: readonly KeySummary[],
  unused: ReadonlySet<string>,
): Finding[] {
  const valid = keys.filter(({ state }) => state === 'valid');
  if (valid.length === 0) {
    return [warning('no key is valid: nobody can pull', 'Create one with "relais key create".')];
  }
  const name = ({ id, client }: KeySummary) => `the key ${id} of ${client}`;
  const found = valid.flatMap((key) => [
    ...(key.exposed_at
      ? [
          warning(
            `${name(key)} was sent in a URL, where servers and proxies log it`,
            `Have it replaced: relais key rotate ${key.id}`,
          ),
        ]
      : []),
    ...(key.expires_at && inDays(key.expires_at) <= EXPIRES_DAYS
      ? [
          warning(
            `${name(key)} ends in ${lasting(Math.max(0, inDays(key.expires_at)) * DAY)}`,
            `Hand out a new one in time: relais key rotate ${key.id}`,
          ),
        ]
      : []),
    ...(unused.has(key.id)
      ? [
          warning(
            `${name(key)} was made ${lasting(age(key.created_at))} ago and was never used`,
            `Ask whether it arrived; revoke it if nobody needs it: relais key revoke ${key.id}`,
          ),
        ]
      : []),
  ]);
  return found.length > 0 ? found : [ok(`${plural(valid.length, 'valid key')}, nothing to say`)];
}

function checkReady({ ok, warning, fault }: Says, lanes: readonly WatchedLane[]): Finding[] {
  const cut = lanes.filter((lane) => !lane.reached);
  const found = cut.map(({ ready, region_nom, statut }) =>
    fault(
      `${plural(ready, 'contact')} of ${region_nom} in "${statut}": no valid key can pull them`,
      'Give a key this region in the console, under Clients, or change their statut.',
    ),
  );
  const reached = lanes.filter((lane) => lane.reached);
  const oldest = Math.max(0, ...reached.map((lane) => lane.oldest_seconds));
  const says = `the oldest contact that a key can pull has been ready for ${lasting(oldest)}`;
  if (oldest > LONG) {
    found.push(
      warning(says, 'See which client does not pull: the console shows it on its first page.'),
    );
  } else {
    found.push(ok(reached.length > 0 ? says : 'no contact waits to be pulled'));
  }
  return found;
}

function checkSources({ ok, warning, fault }: Says, sources: readonly SourceSummary[]): Finding[] {
  const open = sources.filter(({ state }) => state === 'open');
  const found = open.flatMap((source) => [
    ...(source.problem
      ? [
          fault(
            `the source ${source.nom} can not read its leads: ${source.problem}`,
            'See "Meta" in docs/intake.md; what was told meanwhile is fetched afterwards.',
          ),
        ]
      : []),
    ...(source.last_lead_at === null && source.channel !== 'file'
      ? [
          warning(
            `the source ${source.nom} has never brought a lead`,
            'Send a test lead (docs/intake.md), or pause it.',
          ),
        ]
      : []),
  ]);
  if (found.length > 0 || open.length === 0) return found;
  return [ok(`${plural(open.length, 'open source')}, each has brought leads`)];
}

function checkJobs({ ok, warning }: Says, jobs: Awaited<ReturnType<typeof watchedJobs>>) {
  const found: Finding[] = [];
  if (jobs.overdue > 0) {
    found.push(
      warning(
        `${plural(jobs.overdue, 'job')}: nobody works on ${jobs.overdue === 1 ? 'it' : 'them'}`,
        'A server process takes them up: see that one runs, and its log for "could not look for jobs".',
      ),
    );
  }
  if (jobs.failed > 0) {
    found.push(
      warning(
        `${plural(jobs.failed, 'job')} failed in the last 24 hours`,
        'The console says why, under Jobs of whoever asked for it.',
      ),
    );
  }
  return found.length > 0 ? found : [ok('no job is stuck or has failed in the last 24 hours')];
}

function checkQuarantine(
  { ok, warning }: Says,
  { total, oldest_received_at }: Awaited<ReturnType<typeof countQuarantine>>,
): Finding[] {
  if (!oldest_received_at) return [ok('the quarantine is empty')];
  const says = `${plural(total, 'lead')} in quarantine, the oldest for ${lasting(age(oldest_received_at))}`;
  return age(oldest_received_at) > LONG
    ? [warning(says, 'Look at them in the console, or with "relais quarantine list".')]
    : [ok(says)];
}

function checkUncertain({ ok, warning }: Says, total: number): Finding[] {
  return total === 0
    ? [ok('every pull of the last 7 days was written whole')]
    : [
        warning(
          `${plural(total, 'pull')} of the last 7 days may not have arrived`,
          'Their clients see them with getPulledContacts; the console lists them under Pulls, where they can be released.',
        ),
      ];
}
