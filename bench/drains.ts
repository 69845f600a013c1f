import type { Callers } from './callers.ts';
import type { HttpCall } from './load.ts';
import type { DrainRow } from './report.ts';
import type { Caller, Site } from './setup.ts';
import type { Rivals } from './sideBySide.ts';
import { overHttp, relaisCalls, type Work } from './work.ts';

const WORK: Work = { operation: 'pullContacts', limit: 20 };
/** After this nobody goes on, milliseconds. */
const PATIENCE = 20_000;

/**
 * Lets many callers pull from one region until it is empty, then asks the table: what was handed
 * out twice, and what was marked as pulled and handed out to nobody.
 */
export async function drain(
  site: Site,
  callers: Callers,
  rivals: Rivals,
  connections: number,
): Promise<DrainRow[]> {
  const who = site.together.slice(0, connections);
  const region = who[0]?.region ?? 0;
  const each: [string, string, (caller: Caller) => HttpCall][] = [
    ['server', rivals.server.url, (caller) => relaisCalls(WORK, [caller])[0] as HttpCall],
    ...rivals.peers.map((peer): [string, string, (caller: Caller) => HttpCall] => [
      peer.name,
      peer.url,
      (caller) => peer.call(WORK, caller),
    ]),
  ];
  const rows: DrainRow[] = [];
  for (const [name, url, callOf] of each) {
    await using open = new AsyncDisposableStack();
    await site.vacuum();
    const run = await callers.open(overHttp(url, WORK, who.map(callOf)), open);
    const { ids, failed } = await run({
      time: PATIENCE,
      most: Number.POSITIVE_INFINITY,
      drain: true,
    });
    const delivered = new Set(ids);
    rows.push({
      ...{ who: name, callers: connections, delivered: ids.length, failed },
      twice: ids.length - delivered.size,
      lost: (await site.pulled(region)).filter((id) => !delivered.has(id)).length,
      left: await site.ready(region),
    });
    await site.restore();
  }
  return rows;
}
