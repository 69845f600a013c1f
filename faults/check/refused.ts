import type { Call } from '../history.ts';
import type { Violated } from './report.ts';

/** Refusals that a fault may bring about. */
const PASSING = new Set([
  'unavailable',
  'rate_limited',
  'idempotency_in_progress',
  'request_timeout',
  'api_key_revoked',
  'api_key_expired',
]);

/** I12: an answer that is not 200 has the two fields, and is one that a fault may bring about. */
export function checkRefused(call: Call, violated: Violated): void {
  const said = `${call.operation} of ${call.client ?? 'a source'} at ${call.from}: ${call.status} ${call.code}`;
  const wanted = PASSING.has(call.code ?? '') || call.code === call.expected;
  if (!wanted) violated('I12', said);
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(call.error ?? '');
  } catch {
    violated('I12', `${said}: no JSON`);
    return;
  }
  const { valid, error, ...more } = body;
  if (valid !== false || typeof error !== 'string' || Object.keys(more).length > 0) {
    violated('I12', `${said}: not the two fields`);
  } else if (/\bat .+:\d+|select |update |insert |node:|v\d+\.\d+\.\d+|postgres/i.test(error)) {
    violated('I12', `${said}: it tells what is inside`);
  }
}
