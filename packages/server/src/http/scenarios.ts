import { setTimeout as delay } from 'node:timers/promises';
import { type Scenario, scenarios } from '@relais/contract';
import { createGate } from '../concurrency/gate.ts';
import type { Call } from '../operations/operation.ts';
import { Refusal } from '../refusal.ts';
import { bigText, hostileText, withTexts } from '../sandbox/texts.ts';
import { nearest } from '../text/nearest.ts';

const SLOW_MS = 5_000;

/** So few may be slow at once: each has a place at the door, through which live clients come, too. */
const slowOnes = createGate(10, 0);

/** What a test key has asked to go wrong. */
export interface Rehearsal {
  /** The answer is not sent, and the connection is cut. */
  readonly loses: boolean;
  /** The answer's JSON text as it is to be sent. */
  altered(text: string): string;
}

/** What is asked for: of these, one try fails and the next is answered. */
interface Asked {
  readonly name: string;
  readonly idempotencyKey?: unknown;
}

const as = (altered: Rehearsal['altered'] = (text) => text, loses = false): Rehearsal => ({
  altered,
  loses,
});

/**
 * Does what a test key has asked for with `scenario`, as far as it comes before the operation, and
 * tells what comes after it. Undefined when nothing was asked for.
 */
export async function rehearse(
  { database, key }: Call,
  scenario: unknown,
  asked: Asked,
): Promise<Rehearsal | undefined> {
  if (scenario === undefined) return undefined;
  if (!database.sandbox) {
    throw new Refusal('not_a_sandbox', 'Only test keys of a sandbox may name a "scenario".');
  }
  const name = scenarioOf(scenario);
  const again = () => isNextTry(`${key.id} ${name} ${asked.name} ${String(asked.idempotencyKey)}`);
  switch (name) {
    case 'rate_limited':
      if (again()) return as();
      throw new Refusal('rate_limited', 'Too many requests: this is a rehearsal.', 1);
    case 'server_error_once':
      if (again()) return as();
      throw new Refusal('internal_error', 'Something unexpected failed: this is a rehearsal.');
    case 'lost_response':
      return as(undefined, !again());
    case 'slow':
      await slowOnes.pass(() => delay(SLOW_MS));
      return as();
    case 'big_batch':
      return as((text) => withTexts(text, bigText));
    case 'hostile_text':
      return as((text) => withTexts(text, hostileText));
  }
}

function scenarioOf(given: unknown): Scenario {
  if (typeof given === 'string' && Object.hasOwn(scenarios, given)) return given as Scenario;
  const near = nearest(typeof given === 'string' ? given : '', Object.keys(scenarios));
  throw new Refusal(
    'invalid_parameter',
    `Invalid parameter "scenario": is none. Did you mean "${near}"?`,
  );
}

/** The calls whose last try failed. */
const failed = new Set<string>();
const MOST = 10_000;

/** False for the first try of a call, true for the next, and so on in turns. */
function isNextTry(call: string): boolean {
  if (failed.delete(call)) return true;
  const [oldest] = failed;
  if (failed.size >= MOST && oldest !== undefined) failed.delete(oldest);
  failed.add(call);
  return false;
}
