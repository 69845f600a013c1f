import { createGate } from '../concurrency/gate.ts';
import { perDatabase } from '../concurrency/perDatabase.ts';
import type { Call } from '../operations/operation.ts';
import type { Authenticated } from './authenticate.ts';
import { type Bound, run } from './dispatch.ts';
import { createKeptAnswers, type Sent, sent } from './keptAnswers.ts';

/**
 * Of a database's ten connections, operations of clients use this many at once, those of one client
 * half of them. The others find out in the meantime whose requests come in, and serve intake and
 * console.
 */
const AT_ONCE = 8;
const OF_ONE_CLIENT = 4;
const MOST_WAITING = 100;
/**
 * How long an operation may wait for its turn, milliseconds: as long as some others take, so that
 * what is answered at all is answered soon, however much more is asked for than can be done.
 */
const patience = (mean: number): number => Math.min(3_000, Math.max(500, 16 * mean));

/** Answers an operation, whose parameters are checked. */
export type Operate = (
  found: Bound,
  call: Call & Authenticated,
  parameters: Record<string, unknown>,
) => Promise<Sent>;

/**
 * Runs operations, each in its turn. One that changes nothing is not run again while nothing was
 * written, and may find that its earlier answer is the same still.
 */
export function createOperate(): Operate {
  const answers = createKeptAnswers();
  const gateOf = perDatabase(() =>
    createGate(AT_ONCE, MOST_WAITING, { each: OF_ONE_CLIENT, patience }),
  );
  return async (found, call, parameters) => {
    const { database, key } = call;
    const work = (earlier?: Sent) =>
      gateOf(database).pass(() => run(found, { ...call, earlier }, parameters), key.id_client);
    const { name, changes } = found.operation;
    if (changes) return sent(await work());
    const request = `${database.nom} ${key.id} ${name} ${JSON.stringify(parameters)}`;
    const kept = answers.find(request, call);
    if (kept) return kept;
    const answer = sent(await work(answers.earlier(request, call)));
    answers.keep(request, call, answer);
    return answer;
  };
}
